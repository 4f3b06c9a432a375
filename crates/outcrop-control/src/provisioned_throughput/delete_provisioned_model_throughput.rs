//! `DeleteProvisionedModelThroughput`: gives the capacity back, once its commitment is over.

use bedrock_smithy::{
    error::DeleteProvisionedModelThroughputError, input::DeleteProvisionedModelThroughputInput,
    output::DeleteProvisionedModelThroughputOutput,
};

use super::{ProvisionedModel, commitment_ends};
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn delete_provisioned_model_throughput(
    control: &Control,
    input: DeleteProvisionedModelThroughputInput,
    context: &Context,
) -> Result<DeleteProvisionedModelThroughputOutput, DeleteProvisionedModelThroughputError> {
    let held = control
        .find_by_name::<ProvisionedModel>(context, &input.provisioned_model_id)
        .await?;
    let commitment = held.request()?.commitment_duration;
    // The documentation of DeleteProvisionedModelThroughput; the text is ours.
    if commitment_ends(held.created_nanos(), commitment.as_ref())
        .is_some_and(|end| end > control.now())
    {
        return Err(ControlError::Conflict(format!(
            "The Provisioned Throughput {} can't be deleted before its commitment term is over.",
            held.arn()
        ))
        .into());
    }
    control.remove(&held).await?;
    Ok(DeleteProvisionedModelThroughputOutput {})
}
