//! `UpdateProvisionedModelThroughput`: another name, or another model of the same family.

use bedrock_smithy::{
    error::UpdateProvisionedModelThroughputError, input::UpdateProvisionedModelThroughputInput,
    model::ProvisionedModelStatus, output::UpdateProvisionedModelThroughputOutput,
};

use super::{ProvisionedModel, served::served, status};
use crate::{Control, context::Context, error::ControlError, resource::Held};

/// The text is ours.
const NAME_TAKEN: &str = "The provisioned model name is already in use. Choose another name.";

pub(crate) async fn update_provisioned_model_throughput(
    control: &Control,
    input: UpdateProvisionedModelThroughputInput,
    context: &Context,
) -> Result<UpdateProvisionedModelThroughputOutput, UpdateProvisionedModelThroughputError> {
    let mut held = control
        .find_by_name::<ProvisionedModel>(context, &input.provisioned_model_id)
        .await?;
    if status(control, &held).0 != ProvisionedModelStatus::InService {
        let message = format!(
            "The Provisioned Throughput {} isn't InService. Wait until it is, and try again.",
            held.arn()
        );
        return Err(ControlError::Validation(message).into());
    }
    let mut writes = Vec::new();
    if let Some(model) = &input.desired_model_id {
        of_custom_model(&held)?;
        let served = served(control, context, model).await?;
        if served.foundation_model_arn != held.state.foundation_model_arn {
            return Err(ControlError::Validation(format!(
                "The desired model has to be {} or a custom model that was made from it.",
                held.state.foundation_model_arn
            ))
            .into());
        }
        let before = std::mem::replace(&mut held.state.model_arn, served.arn);
        held.set_parent(served.custom_model.as_deref());
        writes = served.with;
        held.state.previous = Some((before, control.now()));
    }
    if let Some(name) = &input.desired_provisioned_model_name {
        held.rename(name);
    }
    writes.push(held.replaced(control.now())?);
    control.apply(writes, NAME_TAKEN).await?;
    Ok(UpdateProvisionedModelThroughputOutput {})
}

/// The model of other capacity stays (the documentation of `desiredModelId`). The text is ours.
fn of_custom_model(held: &Held<ProvisionedModel>) -> Result<(), ControlError> {
    if held.parent().is_some() {
        return Ok(());
    }
    Err(ControlError::Validation(format!(
        "The Provisioned Throughput {} is associated with a base model, which can't be changed. Leave desiredModelId out, and \
         try again.",
        held.arn()
    )))
}
