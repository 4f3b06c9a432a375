//! Refusals.

use outcrop_catalogue::{Exception, Unsupported};
use outcrop_engine::EngineError;

/// What a rule says.
pub(super) type Checked = Result<(), EngineError>;

/// Refuses in Bedrock's own name.
pub(super) fn refuse(message: impl Into<String>) -> Checked {
    Err(EngineError::Validation(message.into()))
}

/// Refuses in the model's name.
pub(super) fn model_refuses(message: impl Into<String>) -> Checked {
    Err(EngineError::ModelValidation(message.into()))
}

/// Refuses what the model is known not to support.
pub(super) fn supported(answer: Result<(), Unsupported>) -> Checked {
    answer.map_err(|unsupported| {
        let message = unsupported.to_string();
        match unsupported.exception() {
            Exception::Validation => EngineError::Validation(message),
            Exception::AccessDenied => EngineError::AccessDenied(message),
            Exception::ResourceNotFound => EngineError::ResourceNotFound(message),
        }
    })
}
