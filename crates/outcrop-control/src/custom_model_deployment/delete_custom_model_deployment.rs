//! `DeleteCustomModelDeployment`: takes the model out of use.

use bedrock_smithy::{
    error::DeleteCustomModelDeploymentError, input::DeleteCustomModelDeploymentInput,
    output::DeleteCustomModelDeploymentOutput,
};

use super::{CustomModelDeployment, described};
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn delete_custom_model_deployment(
    control: &Control,
    input: DeleteCustomModelDeploymentInput,
    context: &Context,
) -> Result<DeleteCustomModelDeploymentOutput, DeleteCustomModelDeploymentError> {
    let held = control
        .find_by_name::<CustomModelDeployment>(context, &input.custom_model_deployment_identifier)
        .await?;
    if described(control, &held).is_moving() {
        // The operation declares the exception; when it comes, and its text, are ours.
        return Err(ControlError::Conflict(format!(
            "The custom model deployment {} can't be deleted while it is being created or updated.",
            held.arn()
        ))
        .into());
    }
    control.remove(&held).await?;
    Ok(DeleteCustomModelDeploymentOutput {})
}
