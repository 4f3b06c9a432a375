//! `CreateAutomatedReasoningPolicyVersion`: keeps the draft as it is.

use bedrock_smithy::{
    error::CreateAutomatedReasoningPolicyVersionError,
    input::CreateAutomatedReasoningPolicyVersionInput,
    output::CreateAutomatedReasoningPolicyVersionOutput,
};

use super::{Policy, PolicyVersion, TRIES, VersionState, time::time};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, New},
};

pub(crate) async fn create_automated_reasoning_policy_version(
    control: &Control,
    input: CreateAutomatedReasoningPolicyVersionInput,
    context: &Context,
) -> Result<CreateAutomatedReasoningPolicyVersionOutput, CreateAutomatedReasoningPolicyVersionError>
{
    let held = made(control, &input, context).await?;
    Ok(CreateAutomatedReasoningPolicyVersionOutput {
        created_at: time(held.created_nanos()),
        definition_hash: held.state.definition.hash(),
        description: held.state.description.clone(),
        name: held.name().to_owned(),
        policy_arn: held.arn(),
        version: held.state.number.to_string(),
    })
}

async fn made(
    control: &Control,
    input: &CreateAutomatedReasoningPolicyVersionInput,
    context: &Context,
) -> Result<Held<PolicyVersion>, ControlError> {
    for _ in 0..TRIES {
        let policy = control.reasoning_policy(context, &input.policy_arn).await?;
        let token = input.client_request_token.as_ref();
        // Tokens are for one policy: the policy is in the path, where the fingerprint of the body does not see it.
        let token = token.map(|token| format!("{}/{token}", policy.id()));
        if policy.state.definition.hash() != input.last_updated_definition_hash {
            let before = control.made_with(context, token.as_deref()).await?;
            return before.ok_or_else(|| stale(&input.policy_arn));
        }
        let name = policy.name().to_owned();
        let new = new(policy, &name, input, token.as_deref())?;
        match control.create(context, new).await {
            Err(ControlError::Busy) => {}
            settled => return settled,
        }
    }
    Err(ControlError::Busy)
}

fn new<'a>(
    mut policy: Held<Policy>,
    name: &'a str,
    input: &'a CreateAutomatedReasoningPolicyVersionInput,
    token: Option<&'a str>,
) -> Result<New<'a, PolicyVersion>, ControlError> {
    policy.state.last_version += 1;
    let state = VersionState {
        number: policy.state.last_version,
        description: policy.state.description.clone(),
        definition: policy.state.definition.clone(),
        kms_key_arn: policy.state.kms_key_arn.clone(),
    };
    let id = policy.id().to_owned();
    Ok(New {
        parent: Some(id.clone()),
        tags: input.tags.as_deref(),
        token,
        with: vec![policy.kept()?],
        ..New::of(format!("{id}:{}", state.number), name, state)
    })
}

/// The text is ours.
fn stale(arn: &str) -> ControlError {
    ControlError::Conflict(format!(
        "The definition of the Automated Reasoning policy {arn} has another hash than lastUpdatedDefinitionHash. Get the policy, \
         and try again with its definitionHash."
    ))
}
