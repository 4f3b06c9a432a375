//! `ListAutomatedReasoningPolicyTestCases`: those of a policy, the newest first.

use bedrock_smithy::{
    error::ListAutomatedReasoningPolicyTestCasesError,
    input::ListAutomatedReasoningPolicyTestCasesInput,
    output::ListAutomatedReasoningPolicyTestCasesOutput,
};

use super::TestCase;
use crate::{
    Control,
    context::Context,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_automated_reasoning_policy_test_cases(
    control: &Control,
    input: ListAutomatedReasoningPolicyTestCasesInput,
    context: &Context,
) -> Result<ListAutomatedReasoningPolicyTestCasesOutput, ListAutomatedReasoningPolicyTestCasesError>
{
    let policy = control.reasoning_policy(context, &input.policy_arn).await?;
    let listing = Listing {
        parent: Some(policy.id()),
        page: PageRequest {
            max_results: Some(input.max_results),
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let page = control.list::<TestCase>(context, listing, |_| true).await?;
    let told: Result<Vec<_>, _> = page.items.iter().map(Held::told).collect();
    Ok(ListAutomatedReasoningPolicyTestCasesOutput {
        next_token: page.next_token,
        test_cases: told?,
    })
}
