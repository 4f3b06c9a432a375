//! `CreateAutomatedReasoningPolicyTestCase`: a test of a policy.

use bedrock_smithy::{
    error::CreateAutomatedReasoningPolicyTestCaseError,
    input::CreateAutomatedReasoningPolicyTestCaseInput,
    output::CreateAutomatedReasoningPolicyTestCaseOutput,
};

use super::{MOST, State, TestCase};
use crate::{
    Control,
    automated_reasoning_policy::{TRIES, children},
    context::Context,
    error::ControlError,
    resource::{Held, New, Resource, id12},
};

pub(crate) async fn create_automated_reasoning_policy_test_case(
    control: &Control,
    input: CreateAutomatedReasoningPolicyTestCaseInput,
    context: &Context,
) -> Result<CreateAutomatedReasoningPolicyTestCaseOutput, CreateAutomatedReasoningPolicyTestCaseError>
{
    let held = made(control, &input, context).await?;
    Ok(CreateAutomatedReasoningPolicyTestCaseOutput {
        policy_arn: input.policy_arn,
        test_case_id: held.id().to_owned(),
    })
}

async fn made(
    control: &Control,
    input: &CreateAutomatedReasoningPolicyTestCaseInput,
    context: &Context,
) -> Result<Held<TestCase>, ControlError> {
    for _ in 0..TRIES {
        let policy = control.reasoning_policy(context, &input.policy_arn).await?;
        let token = input.client_request_token.as_ref();
        // The path says which policy, and the fingerprint of the body does not see it.
        let token = token.map(|token| format!("{}/{token}", policy.id()));
        let there = children::all(control, context, TestCase::KIND, policy.id()).await?;
        if there.len() >= MOST {
            let before = control.made_with(context, token.as_deref()).await?;
            // The text is ours.
            return before.ok_or_else(|| {
                ControlError::Quota(format!(
                    "The policy has {MOST} test cases already. Delete one of them, and try again."
                ))
            });
        }
        let id = id12().to_uppercase();
        let new = New {
            parent: Some(policy.id().to_owned()),
            token: token.as_deref(),
            // The policy has to be there still, and without another test case more.
            with: vec![policy.kept()?],
            ..New::of(id, "", State::default())
        };
        match control.create(context, new).await {
            Err(ControlError::Busy) => {}
            settled => return settled,
        }
    }
    Err(ControlError::Busy)
}
