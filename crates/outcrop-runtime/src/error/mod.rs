//! [`EngineError`] as each operation's own error, spelled once per operation.

mod operations;
mod streams;

pub(crate) use self::operations::{throttling, validation};

use outcrop_catalogue::{Exception, ResolveError, ResourceError, Unsupported};
use outcrop_dialects::DialectError;
use outcrop_engine::{EngineError, MODEL_ERROR_PREFIX};

/// An error on its way to an operation that has the model's own text as it is.
pub(crate) struct Failure(pub(crate) EngineError);

/// An error on its way to a Converse operation, where a model's own text has a prefix.
pub(crate) struct Prefixed(EngineError);

impl From<EngineError> for Prefixed {
    fn from(error: EngineError) -> Self {
        Self(match error {
            EngineError::ModelValidation(message) => {
                EngineError::Validation(format!("{MODEL_ERROR_PREFIX}{message}"))
            }
            other => other,
        })
    }
}

/// A model id that names nothing usable, as the service says it.
pub(crate) fn from_resolve(error: ResolveError) -> EngineError {
    from_exception(error.exception(), error.to_string())
}

/// A resource that cannot be asked.
pub(crate) fn from_resource(error: ResourceError) -> EngineError {
    match error {
        ResourceError::NotReady(message) => EngineError::ModelNotReady(message),
        ResourceError::Refused(message) => EngineError::Validation(message),
        ResourceError::Unavailable(message) => EngineError::Internal(message),
    }
}

/// Something that a model cannot do, as the service says it.
pub(crate) fn from_unsupported(error: &Unsupported) -> EngineError {
    from_exception(error.exception(), error.to_string())
}

/// A native body that its model does not take. `InvokeModel` has no prefix before the text.
pub(crate) fn from_dialect(error: &DialectError) -> EngineError {
    EngineError::Validation(error.to_string())
}

/// The input of an asynchronous invocation that its model does not take.
pub(crate) fn from_async_input(error: &DialectError) -> EngineError {
    EngineError::Validation(error.of_async_invoke())
}

fn from_exception(exception: Exception, message: String) -> EngineError {
    match exception {
        Exception::Validation => EngineError::Validation(message),
        Exception::AccessDenied => EngineError::AccessDenied(message),
        Exception::ResourceNotFound => EngineError::ResourceNotFound(message),
    }
}
