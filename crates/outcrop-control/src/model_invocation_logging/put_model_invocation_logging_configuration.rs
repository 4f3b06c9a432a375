//! `PutModelInvocationLoggingConfiguration`: says where invocations are logged. Places that logs cannot be delivered to are refused.

use bedrock_smithy::{
    error::PutModelInvocationLoggingConfigurationError,
    input::PutModelInvocationLoggingConfigurationInput,
    output::PutModelInvocationLoggingConfigurationOutput,
};

use super::{ID, ModelInvocationLogging};
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn put_model_invocation_logging_configuration(
    control: &Control,
    input: PutModelInvocationLoggingConfigurationInput,
    context: &Context,
) -> Result<PutModelInvocationLoggingConfigurationOutput, PutModelInvocationLoggingConfigurationError>
{
    let (scope, config) = (context.scope(), &input.logging_config);
    let checked = control.log_destinations.check(&scope, config).await;
    checked.map_err(ControlError::Validation)?;
    let put = control.put::<ModelInvocationLogging>(context, ID, ()).await;
    // Also where it may have happened.
    control.log_destinations.changed();
    put?;
    Ok(PutModelInvocationLoggingConfigurationOutput {})
}
