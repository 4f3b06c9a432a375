//! Evaluation jobs: how well models, or answers from knowledge bases, do on prompts.

mod batch_delete_evaluation_job;
mod create_evaluation_job;
mod get_evaluation_job;
mod list_evaluation_jobs;
mod metrics;
mod models;
mod rules;
mod stop_evaluation_job;

use aws_smithy_types::DateTime;
use bedrock_smithy::{
    input::CreateEvaluationJobInput,
    model::{
        ApplicationType, EvaluationConfig, EvaluationInferenceConfig, EvaluationJobStatus,
        EvaluationJobType,
    },
};
use serde::{Deserialize, Serialize};

pub(crate) use batch_delete_evaluation_job::batch_delete_evaluation_job;
pub(crate) use create_evaluation_job::create_evaluation_job;
pub(crate) use get_evaluation_job::get_evaluation_job;
pub(crate) use list_evaluation_jobs::list_evaluation_jobs;
pub(crate) use stop_evaluation_job::stop_evaluation_job;

use crate::{
    Control,
    clock::date_time,
    resource::{Held, Job, JobPhase, Resource, original},
};

original!(CreateEvaluationJobInput, POST "/evaluation-jobs");

/// The kind of resource.
pub(crate) struct EvaluationJob;

/// What there is to know besides the request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct State {
    job: Job,
}

impl Resource for EvaluationJob {
    const KIND: &'static str = "evaluation-job";
    type Request = CreateEvaluationJobInput;
    type State = State;
}

/// What is the same for as long as a job is there, but not said by its request.
struct Described {
    job_type: EvaluationJobType,
    application_type: ApplicationType,
}

fn described(request: &CreateEvaluationJobInput) -> Described {
    let job_type = match request.evaluation_config {
        EvaluationConfig::Automated(_) => EvaluationJobType::Automated,
        EvaluationConfig::Human(_) => EvaluationJobType::Human,
    };
    let application_type = match request.inference_config {
        EvaluationInferenceConfig::Models(_) => ApplicationType::ModelEvaluation,
        EvaluationInferenceConfig::RagConfigs(_) => ApplicationType::RagEvaluation,
    };
    Described {
        job_type,
        application_type,
    }
}

/// How far a job has come.
struct Progress {
    status: EvaluationJobStatus,
    failure: Option<String>,
    last_modified: DateTime,
}

/// `InProgress`, then `Completed` or `Failed`; `Stopping` and `Stopped` when asked to; `Deleting` at last.
fn progress(control: &Control, held: &Held<EvaluationJob>) -> Progress {
    let (since, changed) = (held.created_nanos(), held.updated_nanos());
    let phase = held
        .state
        .job
        .phase(since, control.now(), control.pace, held.outcome());
    let ended = phase.ended_at().unwrap_or(changed);
    let (status, failure) = match phase {
        _ if held.is_deleting() => (EvaluationJobStatus::Deleting, None),
        JobPhase::InProgress => (EvaluationJobStatus::InProgress, None),
        JobPhase::Stopping => (EvaluationJobStatus::Stopping, None),
        JobPhase::Stopped(_) => (EvaluationJobStatus::Stopped, None),
        JobPhase::Completed(_) => (EvaluationJobStatus::Completed, None),
        JobPhase::Failed(_, reason) => (EvaluationJobStatus::Failed, Some(reason)),
    };
    Progress {
        status,
        failure,
        last_modified: date_time(ended.max(changed)),
    }
}

#[cfg(test)]
mod tests;
