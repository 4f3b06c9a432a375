//! Model import jobs: each makes an imported model of files in Amazon S3.

mod create_model_import_job;
mod get_model_import_job;
mod list_model_import_jobs;

use aws_smithy_types::DateTime;
use bedrock_smithy::{input::CreateModelImportJobInput, model::ModelImportJobStatus};
use outcrop_store::Write;
use serde::{Deserialize, Serialize};

pub(crate) use create_model_import_job::create_model_import_job;
pub(crate) use get_model_import_job::get_model_import_job;
pub(crate) use list_model_import_jobs::list_model_import_jobs;

use crate::{
    clock::date_time,
    error::ControlError,
    imported_model::{self, ImportedModel},
    resource::{Course, Held, JobPhase, Making, Resource, arn, original, release},
};

original!(CreateModelImportJobInput, POST "/model-import-jobs");

/// The kind of resource.
pub(crate) struct ModelImportJob;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    course: Course,
    /// The id of the model that it makes.
    model_id: String,
}

impl Resource for ModelImportJob {
    const KIND: &'static str = "model-import-job";
    type Request = CreateModelImportJobInput;
    type State = State;
}

impl Making for ModelImportJob {
    const OPEN: &'static str = "open-model-import-job";

    fn course(state: &mut State) -> &mut Course {
        &mut state.course
    }

    fn ended(held: &Held<Self>, end: &JobPhase) -> Result<Vec<Write>, ControlError> {
        let write = if let JobPhase::Completed(at) = end {
            imported_model::made(held, &held.state.model_id, *at)?
        } else {
            let name = held.request()?.imported_model_name;
            release(held.scope(), ImportedModel::KIND, &name)
        };
        Ok(vec![write])
    }
}

/// A job as it is at one time, which Get and List describe in shapes of their own.
struct Described {
    status: ModelImportJobStatus,
    failure: Option<String>,
    end_time: Option<DateTime>,
    last_modified: DateTime,
    /// The model's ARN, once there is the model.
    model_arn: Option<String>,
}

/// `InProgress`, then `Completed` or `Failed`. Import jobs cannot be stopped.
fn described(held: &Held<ModelImportJob>) -> Described {
    let phase = held.state.course.phase();
    let ended_at = phase.ended_at();
    let (status, failure) = match phase {
        JobPhase::InProgress | JobPhase::Stopping => (ModelImportJobStatus::InProgress, None),
        JobPhase::Completed(_) => (ModelImportJobStatus::Completed, None),
        JobPhase::Failed(_, reason) => (ModelImportJobStatus::Failed, Some(reason)),
        JobPhase::Stopped(_) => (ModelImportJobStatus::Failed, None),
    };
    let made = status == ModelImportJobStatus::Completed;
    Described {
        status,
        failure,
        end_time: ended_at.map(date_time),
        last_modified: held.updated_at(),
        model_arn: made.then(|| arn(held.scope(), ImportedModel::KIND, &held.state.model_id)),
    }
}

#[cfg(test)]
mod tests;
