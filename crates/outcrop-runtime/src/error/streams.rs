//! The errors that are frames within a stream.

use bedrock_runtime_smithy::error::{
    ConverseStreamOutputError, InternalServerException, ModelStreamErrorException,
    ModelTimeoutException, ResponseStreamError, ServiceUnavailableException,
};
use outcrop_engine::EngineError;

use super::{
    Failure, Prefixed,
    operations::{throttling, validation},
};

/// What a stream has no exception for is a fault of the model's.
fn model_stream_error(
    message: String,
    original_status_code: Option<i32>,
) -> ModelStreamErrorException {
    ModelStreamErrorException {
        message: Some(message),
        original_status_code,
        original_message: None,
    }
}

/// The mapping of one kind of stream; `$timeout` makes the exception of a timeout of its message.
macro_rules! from_error {
    ($source:ident => $error:ident, timeout: $timeout:expr) => {
        impl From<$source> for $error {
            fn from($source(error): $source) -> Self {
                use EngineError as E;
                match error {
                    E::Validation(text) | E::ModelValidation(text) => {
                        Self::ValidationException(validation(text))
                    }
                    E::Throttling {
                        message,
                        retry_after,
                    } => Self::ThrottlingException(throttling(message, retry_after)),
                    E::ModelError {
                        message,
                        original_status_code,
                        ..
                    }
                    | E::ModelStream {
                        message,
                        original_status_code,
                    } => {
                        let error = model_stream_error(message, original_status_code);
                        Self::ModelStreamErrorException(error)
                    }
                    E::AccessDenied(text) | E::ResourceNotFound(text) => {
                        Self::ModelStreamErrorException(model_stream_error(text, None))
                    }
                    E::ModelTimeout(text) => $timeout(text),
                    E::ModelNotReady(text) | E::ServiceUnavailable(text) => {
                        let message = Some(text);
                        Self::ServiceUnavailableException(ServiceUnavailableException { message })
                    }
                    E::Internal(text) => {
                        let message = Some(text);
                        Self::InternalServerException(InternalServerException { message })
                    }
                }
            }
        }
    };
}

from_error!(Prefixed => ConverseStreamOutputError, timeout: |text| {
    Self::ModelStreamErrorException(model_stream_error(text, None))
});
from_error!(Failure => ResponseStreamError, timeout: |text| {
    Self::ModelTimeoutException(ModelTimeoutException { message: Some(text) })
});
