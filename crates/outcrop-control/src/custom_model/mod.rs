//! Custom models: what customization and copy jobs make, and what callers bring along.

mod artifact;
mod create_custom_model;
mod delete_custom_model;
mod get_custom_model;
mod list_custom_models;
pub(crate) mod metrics;
mod origin;

use bedrock_smithy::model::{CustomizationType, ModelStatus};
use outcrop_catalogue::partition;
use outcrop_store::Scope;
use serde::{Deserialize, Serialize};

pub(crate) use create_custom_model::create_custom_model;
pub(crate) use delete_custom_model::delete_custom_model;
pub(crate) use get_custom_model::get_custom_model;
pub(crate) use list_custom_models::list_custom_models;
pub(crate) use origin::Origin;

use crate::{
    Control,
    context::Context,
    error::ControlError,
    model_copy_job::ModelCopyJob,
    model_customization_job::ModelCustomizationJob,
    resource::{Held, Outcome, Resource, arn, reached},
};

/// The kind of resource. The names of its models are reserved: jobs take them before the models are there.
pub(crate) struct CustomModel;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// Id of the foundation model that it was made from in the end.
    pub(crate) base_model: String,
    /// ARN of the model that it was made from: a foundation model or a custom one.
    pub(crate) base_model_arn: String,
    /// Whether a caller brought its artifacts along; its ARN says `imported` then.
    pub(crate) imported: bool,
    /// Whether it is checked before it is active. What jobs make is active at once.
    pub(crate) checked: bool,
    /// Id of the job that trained it, or what it is a copy of.
    pub(crate) trained_by: Option<String>,
    /// ARN and name of the job that made it.
    pub(crate) job: Option<(String, String)>,
    /// ARN of the key that it is encrypted with.
    pub(crate) kms_key_arn: Option<String>,
}

impl Resource for CustomModel {
    const KIND: &'static str = "custom-model";
    type Request = Origin;
    type State = State;

    fn arn(scope: &Scope, id: &str, state: &State) -> String {
        let base = if state.imported {
            "imported".to_owned()
        } else {
            arn_part(&state.base_model)
        };
        arn(scope, Self::KIND, &format!("{base}/{id}"))
    }
}

/// The id of a foundation model as the ARNs of what is made from it have it: with one dot only (`ModelArn`).
pub(crate) fn arn_part(base_model: &str) -> String {
    match base_model.split_once('.') {
        Some((provider, rest)) => format!("{provider}.{}", rest.replace('.', "-")),
        None => base_model.to_owned(),
    }
}

/// The ARN of a foundation model in a region.
pub(crate) fn foundation_model_arn(scope: &Scope, base_model: &str) -> String {
    let region = &scope.region;
    format!(
        "arn:{}:bedrock:{region}::foundation-model/{base_model}",
        partition(region)
    )
}

/// Ends the jobs of a scope that make custom models, where their time is up.
pub(crate) async fn settle(control: &Control, scope: &Scope) -> Result<(), ControlError> {
    control.settle::<ModelCustomizationJob>(scope).await?;
    control.settle::<ModelCopyJob>(scope).await
}

/// The custom model that an id, ARN or name names.
pub(crate) async fn find(
    control: &Control,
    context: &Context,
    identifier: &str,
) -> Result<Held<CustomModel>, ControlError> {
    settle(control, &context.scope()).await?;
    let held = control
        .find_by_name::<CustomModel>(context, identifier)
        .await?;
    exactly(held, identifier)
}

/// What an identifier found, if it is not an ARN with another base model in it.
pub(crate) fn exactly<R: Resource>(
    held: Held<R>,
    identifier: &str,
) -> Result<Held<R>, ControlError> {
    if identifier.starts_with("arn:") && held.arn() != identifier {
        return Err(ControlError::NotFound(R::not_found(identifier)));
    }
    Ok(held)
}

/// `Creating`, then `Active` or `Failed`.
pub(crate) fn status(control: &Control, held: &Held<CustomModel>) -> (ModelStatus, Option<String>) {
    if !held.state.checked {
        return (ModelStatus::Active, None);
    }
    let (last, failure) = match held.outcome() {
        Outcome::Success => (ModelStatus::Active, None),
        Outcome::Failure(reason) => (ModelStatus::Failed, Some(reason)),
    };
    let (since, now) = (held.created_nanos(), control.now());
    let status = reached(&[ModelStatus::Creating], last, since, now, control.pace);
    let failure = failure.filter(|_| status == ModelStatus::Failed);
    (status, failure)
}

/// Refuses a model that cannot be used yet, or never. No text of the service's is known.
pub(crate) fn active(control: &Control, held: &Held<CustomModel>) -> Result<(), ControlError> {
    match status(control, held).0 {
        ModelStatus::Active => Ok(()),
        other => Err(ControlError::Validation(format!(
            "The custom model {} is {}. Use a model that is Active.",
            held.arn(),
            other.as_str()
        ))),
    }
}

/// How a model was made.
fn customization_type(origin: &Origin) -> CustomizationType {
    match origin {
        Origin::Brought => CustomizationType::Imported,
        Origin::Trained(request) => crate::model_customization_job::customization_type(request),
    }
}

#[cfg(test)]
mod tests;
