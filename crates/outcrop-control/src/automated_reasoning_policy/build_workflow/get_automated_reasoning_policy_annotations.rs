//! `GetAutomatedReasoningPolicyAnnotations`: those of a build workflow.

use bedrock_smithy::{
    error::GetAutomatedReasoningPolicyAnnotationsError,
    input::GetAutomatedReasoningPolicyAnnotationsInput,
    output::GetAutomatedReasoningPolicyAnnotationsOutput,
};

use super::annotations::Current;
use crate::{Control, context::Context};

pub(crate) async fn get_automated_reasoning_policy_annotations(
    control: &Control,
    input: GetAutomatedReasoningPolicyAnnotationsInput,
    context: &Context,
) -> Result<GetAutomatedReasoningPolicyAnnotationsOutput, GetAutomatedReasoningPolicyAnnotationsError>
{
    let (policy, workflow) = control
        .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
        .await?;
    let current = Current::of(control, context, &workflow).await?;
    Ok(GetAutomatedReasoningPolicyAnnotationsOutput {
        annotations: current.annotations(&workflow)?,
        updated_at: current.updated_at(&workflow),
        annotation_set_hash: current.hash,
        build_workflow_id: workflow.id().to_owned(),
        name: policy.name().to_owned(),
        policy_arn: policy.arn(),
    })
}
