//! `GetAutomatedReasoningPolicyBuildWorkflow`: how far a build has come.

use bedrock_smithy::{
    error::GetAutomatedReasoningPolicyBuildWorkflowError,
    input::GetAutomatedReasoningPolicyBuildWorkflowInput,
    output::GetAutomatedReasoningPolicyBuildWorkflowOutput,
};

use super::{changed_at, status};
use crate::{Control, automated_reasoning_policy::time::time, context::Context};

pub(crate) async fn get_automated_reasoning_policy_build_workflow(
    control: &Control,
    input: GetAutomatedReasoningPolicyBuildWorkflowInput,
    context: &Context,
) -> Result<
    GetAutomatedReasoningPolicyBuildWorkflowOutput,
    GetAutomatedReasoningPolicyBuildWorkflowError,
> {
    let (policy, held) = control
        .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
        .await?;
    let document = held.state.document.as_ref();
    Ok(GetAutomatedReasoningPolicyBuildWorkflowOutput {
        build_workflow_id: held.id().to_owned(),
        build_workflow_type: held.state.kind,
        created_at: time(held.created_nanos()),
        document_content_type: document.map(|document| document.content_type),
        document_description: document.and_then(|document| document.description.clone()),
        document_name: document.map(|document| document.name.clone()),
        policy_arn: policy.arn(),
        status: status(control, &held),
        updated_at: time(changed_at(control, &held)),
    })
}
