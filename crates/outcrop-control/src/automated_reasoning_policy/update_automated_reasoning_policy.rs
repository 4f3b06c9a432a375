//! `UpdateAutomatedReasoningPolicy`: another definition of the draft, and another name or description.

use bedrock_smithy::{
    error::UpdateAutomatedReasoningPolicyError, input::UpdateAutomatedReasoningPolicyInput,
    output::UpdateAutomatedReasoningPolicyOutput,
};

use super::time::time;
use crate::{Control, context::Context};

pub(crate) async fn update_automated_reasoning_policy(
    control: &Control,
    input: UpdateAutomatedReasoningPolicyInput,
    context: &Context,
) -> Result<UpdateAutomatedReasoningPolicyOutput, UpdateAutomatedReasoningPolicyError> {
    let mut held = control.reasoning_policy(context, &input.policy_arn).await?;
    held.state.definition = input.policy_definition.into();
    if input.description.is_some() {
        held.state.description = input.description;
    }
    if let Some(name) = &input.name {
        held.rename(name);
    }
    let now = control.now();
    let (name, policy_arn) = (held.name().to_owned(), held.arn());
    let definition_hash = held.state.definition.hash();
    let taken = format!(
        "The Automated Reasoning policy name {name} is already in use. Choose another name."
    );
    control.apply(vec![held.replaced(now)?], &taken).await?;
    Ok(UpdateAutomatedReasoningPolicyOutput {
        definition_hash,
        name,
        policy_arn,
        updated_at: time(now),
    })
}
