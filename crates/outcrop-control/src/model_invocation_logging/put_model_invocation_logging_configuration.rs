//! `PutModelInvocationLoggingConfiguration`: says where invocations are logged.

use bedrock_smithy::{
    error::PutModelInvocationLoggingConfigurationError,
    input::PutModelInvocationLoggingConfigurationInput,
    output::PutModelInvocationLoggingConfigurationOutput,
};

use super::{ID, ModelInvocationLogging};
use crate::{Control, context::Context};

pub(crate) async fn put_model_invocation_logging_configuration(
    control: &Control,
    _input: PutModelInvocationLoggingConfigurationInput,
    context: &Context,
) -> Result<PutModelInvocationLoggingConfigurationOutput, PutModelInvocationLoggingConfigurationError>
{
    control
        .put::<ModelInvocationLogging>(context, ID, ())
        .await?;
    Ok(PutModelInvocationLoggingConfigurationOutput {})
}
