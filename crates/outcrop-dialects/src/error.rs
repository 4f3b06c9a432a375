//! Why a native body was refused.

/// A native body that its model does not take: `ValidationException`, 400, with this text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DialectError {
    /// The body is not a JSON object, or holds something that cannot be read (recorded).
    #[error("Malformed input request, please reformat your input and try again.")]
    Malformed,
    /// The body breaks the JSON schema that the service has for the model (recorded).
    #[error("Malformed input request: {0}, please reformat your input and try again.")]
    Schema(String),
    /// The provider's own words, which the service passes on as they are.
    #[error("{0}")]
    Provider(String),
}

impl DialectError {
    /// The text in the words of `StartAsyncInvoke`, which puts nothing around what breaks a schema (quoted).
    #[must_use]
    pub fn of_async_invoke(&self) -> String {
        match self {
            Self::Schema(violation) => violation.clone(),
            other => other.to_string(),
        }
    }
}

/// The refusal of a model that answers at once only (quoted).
pub(crate) fn not_asynchronous() -> DialectError {
    DialectError::Provider("The provided request is not valid".to_owned())
}
