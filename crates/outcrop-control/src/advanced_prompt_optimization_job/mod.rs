//! Advanced prompt optimization jobs: prompt templates, made better for certain models by a data set and criteria.

mod batch_delete_advanced_prompt_optimization_job;
mod create_advanced_prompt_optimization_job;
mod get_advanced_prompt_optimization_job;
mod list_advanced_prompt_optimization_jobs;
mod stop_advanced_prompt_optimization_job;

use aws_smithy_types::DateTime;
use bedrock_smithy::{
    input::CreateAdvancedPromptOptimizationJobInput, model::AdvancedPromptOptimizationJobStatus,
};
use serde::{Deserialize, Serialize};

pub(crate) use batch_delete_advanced_prompt_optimization_job::batch_delete_advanced_prompt_optimization_job;
pub(crate) use create_advanced_prompt_optimization_job::create_advanced_prompt_optimization_job;
pub(crate) use get_advanced_prompt_optimization_job::get_advanced_prompt_optimization_job;
pub(crate) use list_advanced_prompt_optimization_jobs::list_advanced_prompt_optimization_jobs;
pub(crate) use stop_advanced_prompt_optimization_job::stop_advanced_prompt_optimization_job;

use crate::{
    Control,
    clock::date_time,
    resource::{Held, Job, JobPhase, Resource, original},
};

original!(CreateAdvancedPromptOptimizationJobInput, POST "/advanced-prompt-optimization-jobs");

/// The kind of resource.
pub(crate) struct AdvancedPromptOptimizationJob;

/// What there is to know besides the request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct State {
    job: Job,
}

impl Resource for AdvancedPromptOptimizationJob {
    const KIND: &'static str = "advanced-prompt-optimization-job";
    type Request = CreateAdvancedPromptOptimizationJobInput;
    type State = State;
}

/// How far a job has come.
struct Progress {
    status: AdvancedPromptOptimizationJobStatus,
    failure: Option<String>,
    last_modified: DateTime,
}

/// `InProgress`, then `Completed` or `Failed`; `Stopping` and `Stopped` when asked to; `Deleting` at last.
fn progress(control: &Control, held: &Held<AdvancedPromptOptimizationJob>) -> Progress {
    let (since, changed) = (held.created_nanos(), held.updated_nanos());
    let phase = held
        .state
        .job
        .phase(since, control.now(), control.pace, held.outcome());
    let ended = phase.ended_at().unwrap_or(changed);
    let (status, failure) = match phase {
        _ if held.is_deleting() => (AdvancedPromptOptimizationJobStatus::Deleting, None),
        JobPhase::InProgress => (AdvancedPromptOptimizationJobStatus::InProgress, None),
        JobPhase::Stopping => (AdvancedPromptOptimizationJobStatus::Stopping, None),
        JobPhase::Stopped(_) => (AdvancedPromptOptimizationJobStatus::Stopped, None),
        JobPhase::Completed(_) => (AdvancedPromptOptimizationJobStatus::Completed, None),
        JobPhase::Failed(_, reason) => (AdvancedPromptOptimizationJobStatus::Failed, Some(reason)),
    };
    Progress {
        status,
        failure,
        last_modified: date_time(ended.max(changed)),
    }
}

#[cfg(test)]
mod tests;
