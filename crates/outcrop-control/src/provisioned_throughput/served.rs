//! Which models capacity can be bought for.

use outcrop_catalogue::{InferenceType, Model, ResolveError};
use outcrop_store::Write;

use crate::{
    Control,
    context::Context,
    custom_model::{self, CustomModel, foundation_model_arn},
    error::ControlError,
    resource::{OwnArn, Resource},
};

/// A model that capacity can be bought for.
pub(super) struct Served {
    /// Its ARN.
    pub(super) arn: String,
    /// The ARN of the foundation model that it is, or was made from.
    pub(super) foundation_model_arn: String,
    /// The id of the custom model, if it is one.
    pub(super) custom_model: Option<String>,
    /// What keeps a custom model from being deleted meanwhile.
    pub(super) with: Vec<Write>,
}

/// The model that a request names: a foundation model by its id or ARN, or a custom model by its ARN or name.
pub(super) async fn served(
    control: &Control,
    context: &Context,
    identifier: &str,
) -> Result<Served, ControlError> {
    let arn = OwnArn::parse(identifier);
    if arn.is_some_and(|arn| arn.kind == CustomModel::KIND) {
        return custom(control, context, identifier).await;
    }
    match control.foundation_model(context, identifier) {
        Ok(model) => foundation(context, model, identifier),
        // Names have no dots, ids of models have one.
        Err(ControlError::Model(ResolveError::Unknown)) if !identifier.contains('.') => {
            custom(control, context, identifier).await
        }
        Err(error) => Err(error),
    }
}

/// No text of the service's is known.
fn foundation(context: &Context, model: &Model, identifier: &str) -> Result<Served, ControlError> {
    if !model.inference_types.contains(&InferenceType::Provisioned) {
        return Err(ControlError::Validation(format!(
            "Provisioned Throughput isn't supported for the model {identifier}. Choose a model whose inferenceTypesSupported \
             has PROVISIONED, and try again."
        )));
    }
    let arn = model.arn(&context.caller.region);
    Ok(Served {
        foundation_model_arn: arn.clone(),
        arn,
        custom_model: None,
        with: Vec::new(),
    })
}

async fn custom(
    control: &Control,
    context: &Context,
    identifier: &str,
) -> Result<Served, ControlError> {
    let held = custom_model::find(control, context, identifier).await?;
    custom_model::active(control, &held)?;
    Ok(Served {
        arn: held.arn(),
        foundation_model_arn: foundation_model_arn(held.scope(), &held.state.base_model),
        custom_model: Some(held.id().to_owned()),
        with: vec![held.touched()?],
    })
}
