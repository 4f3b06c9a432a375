//! `GetAutomatedReasoningPolicyTestCase`: one, by its id.

use bedrock_smithy::{
    error::GetAutomatedReasoningPolicyTestCaseError,
    input::GetAutomatedReasoningPolicyTestCaseInput,
    output::GetAutomatedReasoningPolicyTestCaseOutput,
};

use crate::{Control, context::Context};

pub(crate) async fn get_automated_reasoning_policy_test_case(
    control: &Control,
    input: GetAutomatedReasoningPolicyTestCaseInput,
    context: &Context,
) -> Result<GetAutomatedReasoningPolicyTestCaseOutput, GetAutomatedReasoningPolicyTestCaseError> {
    let policy = control.reasoning_policy(context, &input.policy_arn).await?;
    let held = control
        .test_case(context, &policy, &input.test_case_id)
        .await?;
    Ok(GetAutomatedReasoningPolicyTestCaseOutput {
        policy_arn: policy.arn(),
        test_case: held.told()?,
    })
}
