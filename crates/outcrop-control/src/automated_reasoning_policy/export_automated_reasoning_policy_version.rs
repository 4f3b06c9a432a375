//! `ExportAutomatedReasoningPolicyVersion`: the definition of a version, or of the draft.

use bedrock_smithy::{
    error::ExportAutomatedReasoningPolicyVersionError,
    input::ExportAutomatedReasoningPolicyVersionInput,
    output::ExportAutomatedReasoningPolicyVersionOutput,
};

use super::policy_arn::PolicyArn;
use crate::{Control, context::Context};

pub(crate) async fn export_automated_reasoning_policy_version(
    control: &Control,
    input: ExportAutomatedReasoningPolicyVersionInput,
    context: &Context,
) -> Result<ExportAutomatedReasoningPolicyVersionOutput, ExportAutomatedReasoningPolicyVersionError>
{
    let arn = &input.policy_arn;
    let named = PolicyArn::read(context, arn)?;
    let version = control
        .reasoning_policy_version(context, arn, named)
        .await?;
    let definition = match version {
        Some(held) => held.state.definition,
        None => {
            control
                .reasoning_policy(context, arn)
                .await?
                .state
                .definition
        }
    };
    Ok(ExportAutomatedReasoningPolicyVersionOutput {
        policy_definition: definition.into(),
    })
}
