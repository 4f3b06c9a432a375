//! `CancelAutomatedReasoningPolicyBuildWorkflow`: ends a build before it is done.

use bedrock_smithy::{
    error::CancelAutomatedReasoningPolicyBuildWorkflowError,
    input::CancelAutomatedReasoningPolicyBuildWorkflowInput,
    output::CancelAutomatedReasoningPolicyBuildWorkflowOutput,
};

use super::{status, status::is_running};
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn cancel_automated_reasoning_policy_build_workflow(
    control: &Control,
    input: CancelAutomatedReasoningPolicyBuildWorkflowInput,
    context: &Context,
) -> Result<
    CancelAutomatedReasoningPolicyBuildWorkflowOutput,
    CancelAutomatedReasoningPolicyBuildWorkflowError,
> {
    let (_, mut held) = control
        .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
        .await?;
    let status = status(control, &held);
    if !is_running(status) {
        // The text is ours.
        return Err(ControlError::Validation(format!(
            "The build workflow {} is {} and can't be cancelled.",
            held.id(),
            status.as_str()
        ))
        .into());
    }
    // The operation is idempotent: the first request counts.
    if held.state.cancel_requested_at.is_none() {
        held.state.cancel_requested_at = Some(control.now());
        control.replace(held).await?;
    }
    Ok(CancelAutomatedReasoningPolicyBuildWorkflowOutput {})
}
