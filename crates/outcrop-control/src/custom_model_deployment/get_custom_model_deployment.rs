//! `GetCustomModelDeployment`: one, by its name or ARN.

use bedrock_smithy::{
    error::GetCustomModelDeploymentError, input::GetCustomModelDeploymentInput,
    output::GetCustomModelDeploymentOutput,
};

use super::{CustomModelDeployment, described};
use crate::{Control, context::Context};

pub(crate) async fn get_custom_model_deployment(
    control: &Control,
    input: GetCustomModelDeploymentInput,
    context: &Context,
) -> Result<GetCustomModelDeploymentOutput, GetCustomModelDeploymentError> {
    let held = control
        .find_by_name::<CustomModelDeployment>(context, &input.custom_model_deployment_identifier)
        .await?;
    let now = described(control, &held);
    Ok(GetCustomModelDeploymentOutput {
        created_at: held.created_at(),
        custom_model_deployment_arn: held.arn(),
        description: held.request()?.description,
        failure_message: now.failure_message,
        last_updated_at: Some(held.updated_at()),
        model_arn: now.model_arn,
        model_deployment_name: held.name().to_owned(),
        status: now.status,
        update_details: now.update,
    })
}
