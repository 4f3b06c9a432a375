//! What an engine can fail with.

/// Why an engine did not answer, or stopped answering.
///
/// Handlers map each variant once per operation to the operation's own error shape; inside a
/// stream it becomes the exception frame of the same name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EngineError {
    /// The request is one that Bedrock itself refuses before it reaches a model: the message is
    /// sent as it is. `ValidationException`, 400.
    #[error("{0}")]
    Validation(String),
    /// The model refused the request. `ValidationException`, 400; Converse puts
    /// [`MODEL_ERROR_PREFIX`] before the message, `InvokeModel` does not.
    #[error("{0}")]
    ModelValidation(String),
    /// The caller may not use the model. `AccessDeniedException`, 403.
    #[error("{0}")]
    AccessDenied(String),
    /// The model, or what it needs, does not exist. `ResourceNotFoundException`, 404.
    #[error("{0}")]
    ResourceNotFound(String),
    /// Too many requests or tokens. `ThrottlingException`, 429.
    #[error("{message}")]
    Throttling {
        /// What the client reads.
        message: String,
        /// Seconds after which another try makes sense (`Retry-After`).
        retry_after: Option<u32>,
    },
    /// The model is not loaded yet. `ModelNotReadyException`, 429; SDKs retry it.
    #[error("{0}")]
    ModelNotReady(String),
    /// The model did not answer in time. `ModelTimeoutException`, 408.
    #[error("{0}")]
    ModelTimeout(String),
    /// The model failed before its first event. `ModelErrorException`, 424.
    #[error("{message}")]
    ModelError {
        /// What the client reads.
        message: String,
        /// HTTP status with which the model answered, 100 to 599.
        original_status_code: Option<i32>,
        /// Name of what failed, for instance the backend's.
        resource_name: Option<String>,
    },
    /// The model failed after its first event. `ModelStreamErrorException`, 424.
    #[error("{message}")]
    ModelStream {
        /// What the client reads.
        message: String,
        /// HTTP status with which the model answered, 100 to 599.
        original_status_code: Option<i32>,
    },
    /// Nothing can answer at the moment. `ServiceUnavailableException`, 503.
    #[error("{0}")]
    ServiceUnavailable(String),
    /// A fault of the server's own. `InternalServerException`, 500.
    #[error("{0}")]
    Internal(String),
}

/// What Converse and `ConverseStream` put before a model's own error text (recorded).
pub const MODEL_ERROR_PREFIX: &str = "The model returned the following errors: ";
