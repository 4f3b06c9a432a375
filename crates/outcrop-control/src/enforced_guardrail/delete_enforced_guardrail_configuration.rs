//! `DeleteEnforcedGuardrailConfiguration`: no guardrail is enforced any more.

use bedrock_smithy::{
    error::DeleteEnforcedGuardrailConfigurationError,
    input::DeleteEnforcedGuardrailConfigurationInput,
    output::DeleteEnforcedGuardrailConfigurationOutput,
};

use super::EnforcedGuardrailConfiguration;
use crate::{Control, context::Context};

pub(crate) async fn delete_enforced_guardrail_configuration(
    control: &Control,
    input: DeleteEnforcedGuardrailConfigurationInput,
    context: &Context,
) -> Result<DeleteEnforcedGuardrailConfigurationOutput, DeleteEnforcedGuardrailConfigurationError> {
    let held = control
        .find::<EnforcedGuardrailConfiguration>(context, &input.config_id)
        .await?;
    control.remove(&held).await?;
    Ok(DeleteEnforcedGuardrailConfigurationOutput {})
}
