//! `GetAutomatedReasoningPolicy`: a policy's draft, or a version.

use bedrock_smithy::{
    error::GetAutomatedReasoningPolicyError, input::GetAutomatedReasoningPolicyInput,
    output::GetAutomatedReasoningPolicyOutput,
};

use super::{DRAFT, policy_arn::PolicyArn, time::time};
use crate::{Control, context::Context};

pub(crate) async fn get_automated_reasoning_policy(
    control: &Control,
    input: GetAutomatedReasoningPolicyInput,
    context: &Context,
) -> Result<GetAutomatedReasoningPolicyOutput, GetAutomatedReasoningPolicyError> {
    let arn = &input.policy_arn;
    let named = PolicyArn::read(context, arn)?;
    if let Some(held) = control
        .reasoning_policy_version(context, arn, named)
        .await?
    {
        return Ok(GetAutomatedReasoningPolicyOutput {
            created_at: Some(time(held.created_nanos())),
            definition_hash: held.state.definition.hash(),
            description: held.state.description.clone(),
            kms_key_arn: held.state.kms_key_arn.clone(),
            name: held.name().to_owned(),
            policy_arn: held.arn(),
            policy_id: named.id.to_owned(),
            updated_at: time(held.created_nanos()),
            version: held.state.number.to_string(),
        });
    }
    let held = control.reasoning_policy(context, arn).await?;
    Ok(GetAutomatedReasoningPolicyOutput {
        created_at: Some(time(held.created_nanos())),
        definition_hash: held.state.definition.hash(),
        description: held.state.description.clone(),
        kms_key_arn: held.state.kms_key_arn.clone(),
        name: held.name().to_owned(),
        policy_arn: held.arn(),
        policy_id: held.id().to_owned(),
        updated_at: time(held.updated_nanos()),
        version: DRAFT.to_owned(),
    })
}
