//! Model invocation logging: where an account's invocations in a region are logged.

mod delete_model_invocation_logging_configuration;
mod destinations;
mod get_model_invocation_logging_configuration;
mod put_model_invocation_logging_configuration;
mod stored;

use bedrock_smithy::{input::PutModelInvocationLoggingConfigurationInput, model::LoggingConfig};
use outcrop_store::Scope;

pub(crate) use delete_model_invocation_logging_configuration::delete_model_invocation_logging_configuration;
pub use destinations::{LogDestinations, NoLogDestinations};
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

/// What a configuration says. The data that it does not name are delivered, as users of the service have found; nothing is known of
/// audio, which stays as it was put.
fn told(held: &Held<ModelInvocationLogging>) -> Result<LoggingConfig, ControlError> {
    let mut config = held.request()?.logging_config;
    for flag in [
        &mut config.text_data_delivery_enabled,
        &mut config.image_data_delivery_enabled,
        &mut config.embedding_data_delivery_enabled,
        &mut config.video_data_delivery_enabled,
    ] {
        flag.get_or_insert(true);
    }
    Ok(config)
}

#[cfg(test)]
mod tests;
