//! `ListAutomatedReasoningPolicyBuildWorkflows`: those of a policy, the newest first.

use bedrock_smithy::{
    error::ListAutomatedReasoningPolicyBuildWorkflowsError,
    input::ListAutomatedReasoningPolicyBuildWorkflowsInput,
    model::AutomatedReasoningPolicyBuildWorkflowSummary,
    output::ListAutomatedReasoningPolicyBuildWorkflowsOutput,
};

use super::{BuildWorkflow, changed_at, status};
use crate::{
    Control,
    automated_reasoning_policy::time::time,
    context::Context,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_automated_reasoning_policy_build_workflows(
    control: &Control,
    input: ListAutomatedReasoningPolicyBuildWorkflowsInput,
    context: &Context,
) -> Result<
    ListAutomatedReasoningPolicyBuildWorkflowsOutput,
    ListAutomatedReasoningPolicyBuildWorkflowsError,
> {
    let policy = control.reasoning_policy(context, &input.policy_arn).await?;
    let listing = Listing {
        parent: Some(policy.id()),
        page: PageRequest {
            max_results: Some(input.max_results),
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let page = control
        .list::<BuildWorkflow>(context, listing, |_| true)
        .await?;
    let summary = |held: &Held<BuildWorkflow>| AutomatedReasoningPolicyBuildWorkflowSummary {
        build_workflow_id: held.id().to_owned(),
        build_workflow_type: held.state.kind,
        created_at: time(held.created_nanos()),
        policy_arn: policy.arn(),
        status: status(control, held),
        updated_at: time(changed_at(control, held)),
    };
    Ok(ListAutomatedReasoningPolicyBuildWorkflowsOutput {
        automated_reasoning_policy_build_workflow_summaries: page
            .items
            .iter()
            .map(summary)
            .collect(),
        next_token: page.next_token,
    })
}
