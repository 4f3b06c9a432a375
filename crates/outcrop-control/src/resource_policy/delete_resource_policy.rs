//! `DeleteResourcePolicy`: takes a resource's policy away.

use bedrock_smithy::{
    error::DeleteResourcePolicyError, input::DeleteResourcePolicyInput,
    output::DeleteResourcePolicyOutput,
};

use super::found;
use crate::{Control, context::Context};

pub(crate) async fn delete_resource_policy(
    control: &Control,
    input: DeleteResourcePolicyInput,
    context: &Context,
) -> Result<DeleteResourcePolicyOutput, DeleteResourcePolicyError> {
    let held = found(control, context, &input.resource_arn).await?;
    control.remove(&held).await?;
    Ok(DeleteResourcePolicyOutput {})
}
