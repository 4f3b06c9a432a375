//! `ListAutomatedReasoningPolicyTestResults`: the last tests of all test cases that were run against a build.

use bedrock_smithy::{
    error::ListAutomatedReasoningPolicyTestResultsError,
    input::ListAutomatedReasoningPolicyTestResultsInput,
    output::ListAutomatedReasoningPolicyTestResultsOutput,
};

use super::{TestResult, told::told};
use crate::{Control, context::Context, page::PageRequest, resource::Listing};

pub(crate) async fn list_automated_reasoning_policy_test_results(
    control: &Control,
    input: ListAutomatedReasoningPolicyTestResultsInput,
    context: &Context,
) -> Result<
    ListAutomatedReasoningPolicyTestResultsOutput,
    ListAutomatedReasoningPolicyTestResultsError,
> {
    let (policy, workflow) = control
        .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
        .await?;
    let listing = Listing {
        parent: Some(workflow.id()),
        page: PageRequest {
            max_results: Some(input.max_results),
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let page = control
        .list::<TestResult>(context, listing, |_| true)
        .await?;
    let results = page.items.iter();
    Ok(ListAutomatedReasoningPolicyTestResultsOutput {
        next_token: page.next_token,
        test_results: results
            .map(|held| told(control, &policy.arn(), held))
            .collect(),
    })
}
