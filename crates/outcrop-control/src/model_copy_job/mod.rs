//! Model copy jobs, which copy custom models from other regions and accounts.

mod create_model_copy_job;
mod get_model_copy_job;
mod list_model_copy_jobs;

use bedrock_smithy::{
    input::CreateModelCopyJobInput,
    model::{ModelCopyJobStatus, ModelCopyJobSummary},
};
use outcrop_store::{Key, Write};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub(crate) use create_model_copy_job::create_model_copy_job;
pub(crate) use get_model_copy_job::get_model_copy_job;
pub(crate) use list_model_copy_jobs::list_model_copy_jobs;

use crate::{
    custom_model::{self, CustomModel},
    error::ControlError,
    resource::{
        Course, Held, JobPhase, Making, Outcome, OwnArn, Resource, companion, original, release,
        tags,
    },
};

original!(CreateModelCopyJobInput, POST "/model-copy-jobs");

/// The kind of resource.
pub(crate) struct ModelCopyJob;

/// What there is to know besides the request. The source may be deleted before the copy is there, so all of it is here.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// Id of the foundation model that the source was made from in the end.
    base_model: String,
    source_model_name: String,
    /// The request that the source comes from.
    source_request: Box<RawValue>,
    /// Id of the copy.
    model_id: String,
    /// The copy.
    model: custom_model::State,
    course: Course,
}

impl Resource for ModelCopyJob {
    const KIND: &'static str = "model-copy-job";
    type Request = CreateModelCopyJobInput;
    type State = State;
}

impl Making for ModelCopyJob {
    const OPEN: &'static str = "open-model-copy-job";

    fn course(state: &mut State) -> &mut Course {
        &mut state.course
    }

    /// Copy jobs have no tags of their own, so those of the copy tell.
    fn outcome(held: &Held<Self>) -> Result<Outcome, ControlError> {
        let request = held.request()?;
        let tags = request.target_model_tags.unwrap_or_default();
        Ok(tags::outcome(&tags::new(
            &tags,
            &request.target_model_name,
        )?))
    }

    fn ended(held: &Held<Self>, end: &JobPhase) -> Result<Vec<Write>, ControlError> {
        let request = held.request()?;
        let name = &request.target_model_name;
        let JobPhase::Completed(at) = *end else {
            return Ok(vec![release(held.scope(), CustomModel::KIND, name)]);
        };
        let key = Key {
            scope: held.scope().clone(),
            kind: CustomModel::KIND,
            id: held.state.model_id.clone(),
        };
        let State {
            source_request,
            model,
            ..
        } = held.state.clone();
        let tags = tags::new(
            request.target_model_tags.as_deref().unwrap_or_default(),
            name,
        )?;
        let copy = companion::<CustomModel>(key, name, at, tags, source_request, model)?;
        Ok(vec![Write::Create(copy)])
    }
}

/// A job as listings and Get tell it.
fn summary(held: &Held<ModelCopyJob>) -> Result<ModelCopyJobSummary, ControlError> {
    let request = held.request()?;
    let state = &held.state;
    let source = OwnArn::parse(&request.source_model_arn);
    let source_account = source.map(|arn| arn.account.to_owned());
    let (status, failure_message) = match state.course.phase() {
        JobPhase::Completed(_) => (ModelCopyJobStatus::Completed, None),
        JobPhase::Failed(_, reason) => (ModelCopyJobStatus::Failed, Some(reason)),
        // Nothing stops a copy job.
        JobPhase::InProgress | JobPhase::Stopping | JobPhase::Stopped(_) => {
            (ModelCopyJobStatus::InProgress, None)
        }
    };
    Ok(ModelCopyJobSummary {
        creation_time: held.created_at(),
        failure_message,
        job_arn: held.arn(),
        source_account_id: source_account.unwrap_or_default(),
        source_model_arn: request.source_model_arn,
        source_model_name: Some(state.source_model_name.clone()),
        status,
        target_model_arn: CustomModel::arn(held.scope(), &state.model_id, &state.model),
        target_model_kms_key_arn: state.model.kms_key_arn.clone(),
        target_model_name: Some(request.target_model_name),
        target_model_tags: request.target_model_tags,
    })
}

#[cfg(test)]
mod tests;
