//! `DeleteAutomatedReasoningPolicyBuildWorkflow`: a build that has ended, with all that it made.

use bedrock_smithy::{
    error::DeleteAutomatedReasoningPolicyBuildWorkflowError,
    input::DeleteAutomatedReasoningPolicyBuildWorkflowInput,
    output::DeleteAutomatedReasoningPolicyBuildWorkflowOutput,
};

use super::{changed_at, status, status::is_running};
use crate::{
    Control,
    automated_reasoning_policy::{children, test_workflow::is_tested_against, time::is_time},
    context::Context,
    error::ControlError,
};

pub(crate) async fn delete_automated_reasoning_policy_build_workflow(
    control: &Control,
    input: DeleteAutomatedReasoningPolicyBuildWorkflowInput,
    context: &Context,
) -> Result<
    DeleteAutomatedReasoningPolicyBuildWorkflowOutput,
    DeleteAutomatedReasoningPolicyBuildWorkflowError,
> {
    let (policy, held) = control
        .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
        .await?;
    // The texts are ours.
    if is_running(status(control, &held)) {
        return Err(ControlError::InUse(format!(
            "The build workflow {} is still running. Wait until it ends, or cancel it, and try again.",
            held.id()
        ))
        .into());
    }
    if is_tested_against(control, context, held.id()).await? {
        return Err(ControlError::InUse(format!(
            "Test cases are being tested against the build workflow {}. Wait until the tests have ended, and try again.",
            held.id()
        ))
        .into());
    }
    if !is_time(&input.last_updated_at, changed_at(control, &held)) {
        return Err(ControlError::Conflict(format!(
            "The build workflow {} was updated at another time than lastUpdatedAt. Get it, and try again with its updatedAt.",
            held.id()
        ))
        .into());
    }
    let mut writes = children::of_workflow(control, context, held.id()).await?;
    writes.push(held.deleted());
    // Tests that start at the same time see this.
    writes.push(policy.kept()?);
    control.apply(writes, "").await?;
    Ok(DeleteAutomatedReasoningPolicyBuildWorkflowOutput {})
}
