//! `CreateProvisionedModelThroughput`: buys capacity for a model.

use bedrock_smithy::{
    error::CreateProvisionedModelThroughputError, input::CreateProvisionedModelThroughputInput,
    output::CreateProvisionedModelThroughputOutput,
};
use outcrop_catalogue::{InferenceType, Model};

use super::{ProvisionedModel, State};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{New, id12},
};

pub(crate) async fn create_provisioned_model_throughput(
    control: &Control,
    input: CreateProvisionedModelThroughputInput,
    context: &Context,
) -> Result<CreateProvisionedModelThroughputOutput, CreateProvisionedModelThroughputError> {
    let model = control.foundation_model(context, &input.model_id)?;
    can_be_provisioned(model, &input.model_id)?;
    let arn = model.arn(&context.caller.region);
    let state = State {
        model_arn: arn.clone(),
        foundation_model_arn: arn,
        previous: None,
    };
    let name = &input.provisioned_model_name;
    let new = New::<ProvisionedModel> {
        name_taken: Some(format!(
            "The provisioned model name {name} is already in use. Choose another name."
        )),
        tags: input.tags.as_deref(),
        token: input.client_request_token.as_deref(),
        ..New::of(id12(), name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreateProvisionedModelThroughputOutput {
        provisioned_model_arn: held.arn(),
    })
}

/// No text of the service's is known.
fn can_be_provisioned(model: &Model, identifier: &str) -> Result<(), ControlError> {
    if model.inference_types.contains(&InferenceType::Provisioned) {
        return Ok(());
    }
    Err(ControlError::Validation(format!(
        "Provisioned Throughput isn't supported for the model {identifier}. Choose a model whose inferenceTypesSupported has \
         PROVISIONED, and try again."
    )))
}
