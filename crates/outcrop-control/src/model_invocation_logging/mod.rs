//! Model invocation logging: where an account's invocations in a region are logged.

mod delete_model_invocation_logging_configuration;
mod get_model_invocation_logging_configuration;
mod put_model_invocation_logging_configuration;
mod stored;

use bedrock_smithy::input::PutModelInvocationLoggingConfigurationInput;
use outcrop_store::Scope;

pub(crate) use delete_model_invocation_logging_configuration::delete_model_invocation_logging_configuration;
pub(crate) use get_model_invocation_logging_configuration::get_model_invocation_logging_configuration;
pub(crate) use put_model_invocation_logging_configuration::put_model_invocation_logging_configuration;

use crate::{
    Control,
    error::ControlError,
    resource::{Held, Resource, original},
};

/// The id of the only one in an account and region.
const ID: &str = "configuration";

original!(PutModelInvocationLoggingConfigurationInput, PUT "/logging/modelinvocations");

/// The kind of resource.
pub(crate) struct ModelInvocationLogging;

impl Resource for ModelInvocationLogging {
    const KIND: &'static str = "model-invocation-logging-configuration";
    type Request = PutModelInvocationLoggingConfigurationInput;
    type State = ();
}

/// The configuration, if there is one.
async fn of(
    control: &Control,
    scope: &Scope,
) -> Result<Option<Held<ModelInvocationLogging>>, ControlError> {
    control.at(scope, ID).await
}

#[cfg(test)]
mod tests;
