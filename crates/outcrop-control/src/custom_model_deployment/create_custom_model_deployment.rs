//! `CreateCustomModelDeployment`: deploys a custom model for inference on demand.

use bedrock_smithy::{
    error::CreateCustomModelDeploymentError, input::CreateCustomModelDeploymentInput,
    output::CreateCustomModelDeploymentOutput,
};

use super::{CustomModelDeployment, State, TRIES};
use crate::{
    Control,
    context::Context,
    custom_model,
    error::ControlError,
    resource::{Held, New, id12},
};

pub(crate) async fn create_custom_model_deployment(
    control: &Control,
    input: CreateCustomModelDeploymentInput,
    context: &Context,
) -> Result<CreateCustomModelDeploymentOutput, CreateCustomModelDeploymentError> {
    for _ in 0..TRIES {
        match create(control, &input, context).await {
            Err(ControlError::Busy) => {}
            created => {
                return Ok(CreateCustomModelDeploymentOutput {
                    custom_model_deployment_arn: created?.arn(),
                });
            }
        }
    }
    Err(ControlError::Busy.into())
}

/// The model counts the deployment as a change, so that it cannot be deleted at the same time.
async fn create(
    control: &Control,
    input: &CreateCustomModelDeploymentInput,
    context: &Context,
) -> Result<Held<CustomModelDeployment>, ControlError> {
    let model = custom_model::find(control, context, &input.model_arn).await?;
    custom_model::active(control, &model)?;
    let state = State {
        base_model: model.state.base_model.clone(),
        model_arn: model.arn(),
        updated: None,
    };
    let name = &input.model_deployment_name;
    let new = New::<CustomModelDeployment> {
        // As users quote it for the names of jobs.
        name_taken: Some("The provided model deployment name is currently in use.".to_owned()),
        name_refusal: ControlError::Validation,
        parent: Some(model.id().to_owned()),
        tags: input.tags.as_deref(),
        token: input.client_request_token.as_deref(),
        with: vec![model.touched()?],
        ..New::of(id12(), name, state)
    };
    control.create(context, new).await
}
