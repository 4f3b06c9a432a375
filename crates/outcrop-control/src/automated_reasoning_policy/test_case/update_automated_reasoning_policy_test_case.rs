//! `UpdateAutomatedReasoningPolicyTestCase`: another test in the place of one.

use bedrock_smithy::{
    error::UpdateAutomatedReasoningPolicyTestCaseError,
    input::UpdateAutomatedReasoningPolicyTestCaseInput,
    output::UpdateAutomatedReasoningPolicyTestCaseOutput,
};

use super::TestCase;
use crate::{
    Control,
    automated_reasoning_policy::{Policy, digest::sha256, test_workflow::is_tested, time::is_time},
    context::Context,
    error::ControlError,
    resource::Held,
};

pub(crate) async fn update_automated_reasoning_policy_test_case(
    control: &Control,
    input: UpdateAutomatedReasoningPolicyTestCaseInput,
    context: &Context,
) -> Result<UpdateAutomatedReasoningPolicyTestCaseOutput, UpdateAutomatedReasoningPolicyTestCaseError>
{
    let policy = control.reasoning_policy(context, &input.policy_arn).await?;
    let held = control
        .test_case(context, &policy, &input.test_case_id)
        .await?;
    let this = input
        .client_request_token
        .as_ref()
        .map(|token| (token.clone(), sha256(&context.body)));
    if this.is_none() || this != held.state.last_update {
        update(control, context, &policy, held, &input, this).await?;
    }
    Ok(UpdateAutomatedReasoningPolicyTestCaseOutput {
        policy_arn: input.policy_arn,
        test_case_id: input.test_case_id,
    })
}

/// The texts are ours.
async fn update(
    control: &Control,
    context: &Context,
    policy: &Held<Policy>,
    mut held: Held<TestCase>,
    input: &UpdateAutomatedReasoningPolicyTestCaseInput,
    this: Option<(String, String)>,
) -> Result<(), ControlError> {
    let used = |(token, _): &(String, String)| Some(token) == input.client_request_token.as_ref();
    if held.state.last_update.as_ref().is_some_and(used) {
        return Err(ControlError::Conflict(
            "The clientRequestToken was used before with other parameters. Use another token, or the same parameters."
                .to_owned(),
        ));
    }
    if is_tested(control, context, policy, held.id()).await? {
        return Err(ControlError::InUse(format!(
            "The test case {} is being tested. Wait until the test has ended, and try again.",
            held.id()
        )));
    }
    if !is_time(&input.last_updated_at, held.updated_nanos()) {
        return Err(ControlError::Conflict(format!(
            "The test case {} was updated at another time than lastUpdatedAt. Get it, and try again with its updatedAt.",
            held.id()
        )));
    }
    held.set_request(context)?;
    held.state.last_update = this;
    control.replace(held).await
}
