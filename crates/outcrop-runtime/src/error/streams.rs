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

impl From<Prefixed> for ConverseStreamOutputError {
    /// A stream of Converse has no timeout and no access errors: those are faults of the model's.
    fn from(Prefixed(error): Prefixed) -> Self {
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
            } => Self::ModelStreamErrorException(model_stream_error(message, original_status_code)),
            E::AccessDenied(text) | E::ResourceNotFound(text) | E::ModelTimeout(text) => {
                Self::ModelStreamErrorException(model_stream_error(text, None))
            }
            E::ModelNotReady(text) | E::ServiceUnavailable(text) => {
                Self::ServiceUnavailableException(ServiceUnavailableException {
                    message: Some(text),
                })
            }
            E::Internal(text) => Self::InternalServerException(InternalServerException {
                message: Some(text),
            }),
        }
    }
}

impl From<Failure> for ResponseStreamError {
    /// A stream of native chunks knows timeouts besides.
    fn from(Failure(error): Failure) -> Self {
        use EngineError as E;
        match error {
            E::Validation(text) | E::ModelValidation(text) => {
                Self::ValidationException(validation(text))
            }
            E::Throttling {
                message,
                retry_after,
            } => Self::ThrottlingException(throttling(message, retry_after)),
            E::ModelTimeout(text) => Self::ModelTimeoutException(ModelTimeoutException {
                message: Some(text),
            }),
            E::ModelError {
                message,
                original_status_code,
                ..
            }
            | E::ModelStream {
                message,
                original_status_code,
            } => Self::ModelStreamErrorException(model_stream_error(message, original_status_code)),
            E::AccessDenied(text) | E::ResourceNotFound(text) => {
                Self::ModelStreamErrorException(model_stream_error(text, None))
            }
            E::ModelNotReady(text) | E::ServiceUnavailable(text) => {
                Self::ServiceUnavailableException(ServiceUnavailableException {
                    message: Some(text),
                })
            }
            E::Internal(text) => Self::InternalServerException(InternalServerException {
                message: Some(text),
            }),
        }
    }
}
