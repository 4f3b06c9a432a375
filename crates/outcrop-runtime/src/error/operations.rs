//! The errors that are HTTP responses.

use bedrock_runtime_smithy::error::{
    AccessDeniedException, ApplyGuardrailError, ConverseError, ConverseStreamError,
    CountTokensError, InternalServerException, InvokeModelError,
    InvokeModelWithResponseStreamError, ModelErrorException, ModelNotReadyException,
    ModelTimeoutException, ResourceNotFoundException, ServiceUnavailableException,
    StartAsyncInvokeError, ThrottlingException, ValidationException,
};
use outcrop_engine::EngineError;

use super::{Failure, Prefixed};

/// A `ValidationException` with the message that the client reads.
pub(crate) fn validation(message: String) -> ValidationException {
    ValidationException {
        message: Some(message),
        field_list: None,
    }
}

/// A `ThrottlingException`; `retry_after` in seconds.
pub(crate) fn throttling(message: String, retry_after: Option<u32>) -> ThrottlingException {
    ThrottlingException {
        message: Some(message),
        retry_after_seconds: retry_after.and_then(|seconds| i32::try_from(seconds).ok()),
    }
}

/// The mapping for operations that call a model and have all of its errors.
macro_rules! from_engine_error {
    ($($error:ident),*) => {$(
        impl From<Failure> for $error {
            fn from(Failure(error): Failure) -> Self {
                use EngineError as E;
                let message = |text: String| Some(text);
                match error {
                    E::Validation(text) | E::ModelValidation(text) => {
                        Self::ValidationException(validation(text))
                    }
                    E::AccessDenied(text) => {
                        Self::AccessDeniedException(AccessDeniedException { message: message(text) })
                    }
                    E::ResourceNotFound(text) => Self::ResourceNotFoundException(
                        ResourceNotFoundException { message: message(text) },
                    ),
                    E::Throttling { message, retry_after } => {
                        Self::ThrottlingException(throttling(message, retry_after))
                    }
                    E::ModelNotReady(text) => {
                        Self::ModelNotReadyException(ModelNotReadyException { message: message(text) })
                    }
                    E::ModelTimeout(text) => {
                        Self::ModelTimeoutException(ModelTimeoutException { message: message(text) })
                    }
                    E::ModelError { message, original_status_code, resource_name } => {
                        Self::ModelErrorException(ModelErrorException {
                            message: Some(message),
                            original_status_code,
                            resource_name,
                        })
                    }
                    E::ModelStream { message, original_status_code } => {
                        Self::ModelErrorException(ModelErrorException {
                            message: Some(message),
                            original_status_code,
                            resource_name: None,
                        })
                    }
                    E::ServiceUnavailable(text) => Self::ServiceUnavailableException(
                        ServiceUnavailableException { message: message(text) },
                    ),
                    E::Internal(text) => Self::InternalServerException(InternalServerException {
                        message: message(text),
                    }),
                }
            }
        }
    )*};
}

from_engine_error!(
    ConverseError,
    ConverseStreamError,
    InvokeModelError,
    InvokeModelWithResponseStreamError
);

impl From<Prefixed> for ConverseError {
    fn from(Prefixed(error): Prefixed) -> Self {
        Failure(error).into()
    }
}

impl From<Prefixed> for ConverseStreamError {
    fn from(Prefixed(error): Prefixed) -> Self {
        Failure(error).into()
    }
}

/// The mapping for operations that call no model: a model's faults are the service's to them.
macro_rules! without_model {
    ($($error:ident),*) => {$(
        impl From<Failure> for $error {
            fn from(Failure(error): Failure) -> Self {
                use EngineError as E;
                match error {
                    E::Validation(text) | E::ModelValidation(text) => {
                        Self::ValidationException(validation(text))
                    }
                    E::AccessDenied(text) => Self::AccessDeniedException(AccessDeniedException {
                        message: Some(text),
                    }),
                    E::ResourceNotFound(text) => {
                        Self::ResourceNotFoundException(ResourceNotFoundException {
                            message: Some(text),
                        })
                    }
                    E::Throttling {
                        message,
                        retry_after,
                    } => Self::ThrottlingException(throttling(message, retry_after)),
                    E::ModelNotReady(text)
                    | E::ModelTimeout(text)
                    | E::ModelError { message: text, .. }
                    | E::ModelStream { message: text, .. }
                    | E::ServiceUnavailable(text) => {
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
    )*};
}

without_model!(ApplyGuardrailError, CountTokensError, StartAsyncInvokeError);
