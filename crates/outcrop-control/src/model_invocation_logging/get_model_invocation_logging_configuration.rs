//! `GetModelInvocationLoggingConfiguration`: where invocations are logged; nothing where they are not.

use bedrock_smithy::{
    error::GetModelInvocationLoggingConfigurationError,
    input::GetModelInvocationLoggingConfigurationInput,
    output::GetModelInvocationLoggingConfigurationOutput,
};

use super::{of, told};
use crate::{Control, context::Context};

pub(crate) async fn get_model_invocation_logging_configuration(
    control: &Control,
    _input: GetModelInvocationLoggingConfigurationInput,
    context: &Context,
) -> Result<GetModelInvocationLoggingConfigurationOutput, GetModelInvocationLoggingConfigurationError>
{
    let held = of(control, &context.scope()).await?;
    Ok(GetModelInvocationLoggingConfigurationOutput {
        logging_config: held.as_ref().map(told).transpose()?,
    })
}
