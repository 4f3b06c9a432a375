//! `GetAutomatedReasoningPolicyBuildWorkflowResultAssets`: one of the things that a build made.

use bedrock_smithy::{
    error::GetAutomatedReasoningPolicyBuildWorkflowResultAssetsError,
    input::GetAutomatedReasoningPolicyBuildWorkflowResultAssetsInput,
    model::{
        AutomatedReasoningPolicyBuildResultAssetType as AssetType,
        AutomatedReasoningPolicyBuildWorkflowStatus as Status,
    },
    output::GetAutomatedReasoningPolicyBuildWorkflowResultAssetsOutput,
};

use super::{BuildWorkflow, asset::asset, status};
use crate::{Control, context::Context, error::ControlError, resource::Held};

pub(crate) async fn get_automated_reasoning_policy_build_workflow_result_assets(
    control: &Control,
    input: GetAutomatedReasoningPolicyBuildWorkflowResultAssetsInput,
    context: &Context,
) -> Result<
    GetAutomatedReasoningPolicyBuildWorkflowResultAssetsOutput,
    GetAutomatedReasoningPolicyBuildWorkflowResultAssetsError,
> {
    let (policy, held) = control
        .build_workflow(context, &input.policy_arn, &input.build_workflow_id)
        .await?;
    is_there(control, &held, input.asset_type)?;
    let asset = asset(&held, input.asset_type, input.asset_id.as_deref())?;
    Ok(GetAutomatedReasoningPolicyBuildWorkflowResultAssetsOutput {
        build_workflow_assets: Some(asset),
        build_workflow_id: held.id().to_owned(),
        policy_arn: policy.arn(),
    })
}

/// A build that failed has its log only. The text is ours.
fn is_there(
    control: &Control,
    held: &Held<BuildWorkflow>,
    asset: AssetType,
) -> Result<(), ControlError> {
    let status = status(control, held);
    match (status, asset) {
        (Status::Completed, _) | (Status::Failed, AssetType::BuildLog) => Ok(()),
        _ => Err(ControlError::NotFound(format!(
            "The build workflow {} is {} and has no asset {}.",
            held.id(),
            status.as_str(),
            asset.as_str()
        ))),
    }
}
