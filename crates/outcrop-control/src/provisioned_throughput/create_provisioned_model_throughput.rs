//! `CreateProvisionedModelThroughput`: buys capacity for a model.

use bedrock_smithy::{
    error::CreateProvisionedModelThroughputError, input::CreateProvisionedModelThroughputInput,
    output::CreateProvisionedModelThroughputOutput,
};

use super::{ProvisionedModel, State, served::served};
use crate::{
    Control,
    context::Context,
    resource::{New, id12},
};

pub(crate) async fn create_provisioned_model_throughput(
    control: &Control,
    input: CreateProvisionedModelThroughputInput,
    context: &Context,
) -> Result<CreateProvisionedModelThroughputOutput, CreateProvisionedModelThroughputError> {
    let served = served(control, context, &input.model_id).await?;
    let state = State {
        model_arn: served.arn,
        foundation_model_arn: served.foundation_model_arn,
        previous: None,
    };
    let name = &input.provisioned_model_name;
    let new = New::<ProvisionedModel> {
        name_taken: Some(format!(
            "The provisioned model name {name} is already in use. Choose another name."
        )),
        parent: served.custom_model,
        with: served.with,
        tags: input.tags.as_deref(),
        token: input.client_request_token.as_deref(),
        ..New::of(id12(), name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreateProvisionedModelThroughputOutput {
        provisioned_model_arn: held.arn(),
    })
}
