//! `CreateAutomatedReasoningPolicy`: a policy with a draft.

use bedrock_smithy::{
    error::CreateAutomatedReasoningPolicyError, input::CreateAutomatedReasoningPolicyInput,
    output::CreateAutomatedReasoningPolicyOutput,
};

use super::{DRAFT, Definition, Policy, PolicyState, time::time};
use crate::{
    Control,
    context::Context,
    resource::{
        New, id12,
        reference::{check_kms_key, kms_key_arn},
    },
};

pub(crate) async fn create_automated_reasoning_policy(
    control: &Control,
    input: CreateAutomatedReasoningPolicyInput,
    context: &Context,
) -> Result<CreateAutomatedReasoningPolicyOutput, CreateAutomatedReasoningPolicyError> {
    check_kms_key(context, input.kms_key_id.as_deref())?;
    let given = input.policy_definition;
    let state = PolicyState {
        description: input.description,
        definition: given.map_or_else(Definition::empty, Definition::from),
        kms_key_arn: input.kms_key_id.map(|key| kms_key_arn(context, &key)),
        last_version: 0,
    };
    let name = &input.name;
    let new = New::<Policy> {
        // The official model says that names are unique; the text is ours.
        name_taken: Some(format!(
            "The Automated Reasoning policy name {name} is already in use. Choose another name."
        )),
        tags: input.tags.as_deref(),
        token: input.client_request_token.as_deref(),
        ..New::of(id12(), name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreateAutomatedReasoningPolicyOutput {
        created_at: time(held.created_nanos()),
        definition_hash: Some(held.state.definition.hash()),
        description: held.state.description.clone(),
        name: held.name().to_owned(),
        policy_arn: held.arn(),
        updated_at: time(held.updated_nanos()),
        version: DRAFT.to_owned(),
    })
}
