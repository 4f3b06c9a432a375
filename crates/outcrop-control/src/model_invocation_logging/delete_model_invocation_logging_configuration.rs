//! `DeleteModelInvocationLoggingConfiguration`: invocations are logged no more. Without a configuration nothing happens, as
//! the operation has no error for it.

use bedrock_smithy::{
    error::DeleteModelInvocationLoggingConfigurationError,
    input::DeleteModelInvocationLoggingConfigurationInput,
    output::DeleteModelInvocationLoggingConfigurationOutput,
};

use super::of;
use crate::{Control, context::Context, error::ControlError, resource::retried};

pub(crate) async fn delete_model_invocation_logging_configuration(
    control: &Control,
    _input: DeleteModelInvocationLoggingConfigurationInput,
    context: &Context,
) -> Result<
    DeleteModelInvocationLoggingConfigurationOutput,
    DeleteModelInvocationLoggingConfigurationError,
> {
    let deleted = retried(|| delete(control, context)).await;
    control.log_destinations.changed();
    deleted?;
    Ok(DeleteModelInvocationLoggingConfigurationOutput {})
}

async fn delete(control: &Control, context: &Context) -> Result<(), ControlError> {
    match of(control, &context.scope()).await? {
        Some(held) => match control.remove(&held).await {
            // Another request was first.
            Err(ControlError::NotFound(_)) => Ok(()),
            done => done,
        },
        None => Ok(()),
    }
}
