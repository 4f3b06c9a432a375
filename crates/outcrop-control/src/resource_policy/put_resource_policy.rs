//! `PutResourcePolicy`: gives a resource a policy, or another one.

use bedrock_smithy::{
    error::PutResourcePolicyError, input::PutResourcePolicyInput, output::PutResourcePolicyOutput,
};

use super::{ResourcePolicy, document};
use crate::{Control, context::Context, tag};

pub(crate) async fn put_resource_policy(
    control: &Control,
    input: PutResourcePolicyInput,
    context: &Context,
) -> Result<PutResourcePolicyOutput, PutResourcePolicyError> {
    document::check(&input.resource_policy)?;
    tag::record(control, context, &input.resource_arn).await?;
    control
        .put::<ResourcePolicy>(context, &input.resource_arn, ())
        .await?;
    Ok(PutResourcePolicyOutput {
        resource_arn: Some(input.resource_arn),
    })
}
