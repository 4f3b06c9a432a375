//! `UpdateCustomModelDeployment`: another model behind the same deployment.

use bedrock_smithy::{
    error::UpdateCustomModelDeploymentError, input::UpdateCustomModelDeploymentInput,
    model::CustomModelDeploymentStatus, output::UpdateCustomModelDeploymentOutput,
};

use super::{CustomModelDeployment, TRIES, described};
use crate::{Control, context::Context, custom_model, error::ControlError};

pub(crate) async fn update_custom_model_deployment(
    control: &Control,
    input: UpdateCustomModelDeploymentInput,
    context: &Context,
) -> Result<UpdateCustomModelDeploymentOutput, UpdateCustomModelDeploymentError> {
    for _ in 0..TRIES {
        match update(control, &input, context).await {
            Err(ControlError::Busy) => {}
            updated => {
                return Ok(UpdateCustomModelDeploymentOutput {
                    custom_model_deployment_arn: updated?,
                });
            }
        }
    }
    Err(ControlError::Busy.into())
}

async fn update(
    control: &Control,
    input: &UpdateCustomModelDeploymentInput,
    context: &Context,
) -> Result<String, ControlError> {
    let mut held = control
        .find_by_name::<CustomModelDeployment>(context, &input.custom_model_deployment_identifier)
        .await?;
    let arn = held.arn();
    let before = described(control, &held);
    if before.status != CustomModelDeploymentStatus::Active || before.is_moving() {
        // The text is ours.
        return Err(ControlError::Validation(format!(
            "The custom model deployment {arn} can't be updated before it is Active and its last update is over."
        )));
    }
    let model = custom_model::find(control, context, &input.model_arn).await?;
    custom_model::active(control, &model)?;
    let now = control.now();
    held.state.base_model.clone_from(&model.state.base_model);
    held.state.model_arn = model.arn();
    held.state.updated = Some((before.model_arn, now));
    held.set_parent(Some(model.id()));
    let writes = vec![held.replaced(now)?, model.touched()?];
    control.apply(writes, "").await?;
    Ok(arn)
}
