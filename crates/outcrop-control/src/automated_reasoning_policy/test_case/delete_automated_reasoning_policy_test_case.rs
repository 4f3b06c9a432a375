//! `DeleteAutomatedReasoningPolicyTestCase`: a test that does not run, with its results.

use bedrock_smithy::{
    error::DeleteAutomatedReasoningPolicyTestCaseError,
    input::DeleteAutomatedReasoningPolicyTestCaseInput,
    output::DeleteAutomatedReasoningPolicyTestCaseOutput,
};

use crate::{
    Control,
    automated_reasoning_policy::{
        test_workflow::{is_tested, results_of},
        time::is_time,
    },
    context::Context,
    error::ControlError,
    resource::Held,
};

pub(crate) async fn delete_automated_reasoning_policy_test_case(
    control: &Control,
    input: DeleteAutomatedReasoningPolicyTestCaseInput,
    context: &Context,
) -> Result<DeleteAutomatedReasoningPolicyTestCaseOutput, DeleteAutomatedReasoningPolicyTestCaseError>
{
    let policy = control.reasoning_policy(context, &input.policy_arn).await?;
    let id = &input.test_case_id;
    // What is not there is deleted: the official model says that every further call succeeds.
    let held = match control.test_case(context, &policy, id).await {
        Err(ControlError::NotFound(_)) => {
            return Ok(DeleteAutomatedReasoningPolicyTestCaseOutput {});
        }
        found => found?,
    };
    // The texts are ours.
    if is_tested(control, context, &policy, id).await? {
        return Err(ControlError::InUse(format!(
            "The test case {id} is being tested. Wait until the test has ended, and try again."
        ))
        .into());
    }
    if !is_time(&input.last_updated_at, held.updated_nanos()) {
        return Err(ControlError::Conflict(format!(
            "The test case {id} was updated at another time than lastUpdatedAt. Get it, and try again with its updatedAt."
        ))
        .into());
    }
    let results = results_of(control, context, &policy, id).await?;
    let mut writes: Vec<_> = results.iter().map(Held::deleted).collect();
    writes.push(held.deleted());
    control.apply(writes, "").await?;
    Ok(DeleteAutomatedReasoningPolicyTestCaseOutput {})
}
