//! `GetResourcePolicy`: the policy of a resource, as it was put.

use bedrock_smithy::{
    error::GetResourcePolicyError, input::GetResourcePolicyInput, output::GetResourcePolicyOutput,
};

use super::found;
use crate::{Control, context::Context};

pub(crate) async fn get_resource_policy(
    control: &Control,
    input: GetResourcePolicyInput,
    context: &Context,
) -> Result<GetResourcePolicyOutput, GetResourcePolicyError> {
    let held = found(control, context, &input.resource_arn).await?;
    Ok(GetResourcePolicyOutput {
        resource_policy: Some(held.request()?.resource_policy),
    })
}
