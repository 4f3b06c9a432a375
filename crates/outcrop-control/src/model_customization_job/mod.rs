//! Model customization jobs, which make custom models.

mod base;
mod create_model_customization_job;
mod get_model_customization_job;
mod list_model_customization_jobs;
mod progress;
mod rules;
mod stop_model_customization_job;

use bedrock_smithy::{
    input::CreateModelCustomizationJobInput,
    model::{CustomizationType, ModelCustomizationJobStatus},
};
use outcrop_store::{Key, Scope, Write};
use serde::{Deserialize, Serialize};

pub(crate) use create_model_customization_job::create_model_customization_job;
pub(crate) use get_model_customization_job::get_model_customization_job;
pub(crate) use list_model_customization_jobs::list_model_customization_jobs;
pub(crate) use stop_model_customization_job::stop_model_customization_job;

use crate::{
    Control,
    context::Context,
    custom_model::{self, CustomModel, arn_part, exactly},
    error::ControlError,
    resource::{Course, Held, JobPhase, Making, Resource, arn, companion, original, release, tags},
};

original!(CreateModelCustomizationJobInput, POST "/model-customization-jobs");

/// The kind of resource.
pub(crate) struct ModelCustomizationJob;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// Id of the foundation model that is customized, or that the customized model was made from.
    base_model: String,
    /// ARN of the model that is customized.
    base_model_arn: String,
    /// Id of the model that the job makes.
    model_id: String,
    /// ARN of the key that the model is to be encrypted with.
    kms_key_arn: Option<String>,
    course: Course,
}

impl Resource for ModelCustomizationJob {
    const KIND: &'static str = "model-customization-job";
    type Request = CreateModelCustomizationJobInput;
    type State = State;

    fn arn(scope: &Scope, id: &str, state: &State) -> String {
        let base = arn_part(&state.base_model);
        arn(scope, Self::KIND, &format!("{base}/{id}"))
    }
}

impl Making for ModelCustomizationJob {
    const OPEN: &'static str = "open-model-customization-job";

    fn course(state: &mut State) -> &mut Course {
        &mut state.course
    }

    fn ended(held: &Held<Self>, end: &JobPhase) -> Result<Vec<Write>, ControlError> {
        let request = held.request()?;
        let name = &request.custom_model_name;
        let JobPhase::Completed(at) = *end else {
            return Ok(vec![release(held.scope(), CustomModel::KIND, name)]);
        };
        let key = Key {
            scope: held.scope().clone(),
            kind: CustomModel::KIND,
            id: held.state.model_id.clone(),
        };
        let tags = tags::new(
            request.custom_model_tags.as_deref().unwrap_or_default(),
            name,
        )?;
        let text = held.request_text();
        let model = companion::<CustomModel>(key, name, at, tags, text, made(held))?;
        Ok(vec![Write::Create(model)])
    }
}

/// The model that a job makes.
fn made(held: &Held<ModelCustomizationJob>) -> custom_model::State {
    custom_model::State {
        base_model: held.state.base_model.clone(),
        base_model_arn: held.state.base_model_arn.clone(),
        imported: false,
        checked: false,
        trained_by: Some(held.id().to_owned()),
        job: Some((held.arn(), held.name().to_owned())),
        kms_key_arn: held.state.kms_key_arn.clone(),
    }
}

/// The ARN of the model that a job has made, if it has.
fn model_arn(held: &Held<ModelCustomizationJob>) -> Option<String> {
    let arn = || CustomModel::arn(held.scope(), &held.state.model_id, &made(held));
    matches!(held.state.course.phase(), JobPhase::Completed(_)).then(arn)
}

/// How a job customizes its base model: fine-tuning, if its request does not say.
pub(crate) fn customization_type(request: &CreateModelCustomizationJobInput) -> CustomizationType {
    request
        .customization_type
        .unwrap_or(CustomizationType::FineTuning)
}

/// The job that an id, ARN or name names.
async fn find(
    control: &Control,
    context: &Context,
    identifier: &str,
) -> Result<Held<ModelCustomizationJob>, ControlError> {
    custom_model::settle(control, &context.scope()).await?;
    let held = control
        .find_by_name::<ModelCustomizationJob>(context, identifier)
        .await?;
    exactly(held, identifier)
}

fn status(phase: &JobPhase) -> ModelCustomizationJobStatus {
    match phase {
        JobPhase::InProgress => ModelCustomizationJobStatus::InProgress,
        JobPhase::Stopping => ModelCustomizationJobStatus::Stopping,
        JobPhase::Stopped(_) => ModelCustomizationJobStatus::Stopped,
        JobPhase::Completed(_) => ModelCustomizationJobStatus::Completed,
        JobPhase::Failed(..) => ModelCustomizationJobStatus::Failed,
    }
}

#[cfg(test)]
mod tests;
