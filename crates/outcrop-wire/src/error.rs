//! Answers that the wire layers give themselves, in the service's error envelope.
//!
//! The envelope is `{"__type":"<Shape>","message":"<text>"}`, members in alphabetical order as everywhere, and the
//! header `x-amzn-errortype: <Shape>:<namespace>`. The real service leaves `__type` out (every recorded error body is
//! `{"message":"…"}`); it is added on purpose for users of the raw API, and SDKs ignore it. Errors of the framework
//! beneath the real service (unknown operation, serialization) carry another namespace and write `Message`; here all
//! bodies have the lower-case member.

use std::borrow::Cow;

use aws_smithy_http_server::body::{BoxBody, to_boxed};
use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use serde_json::{Map, Value};

/// The header that names an error's type.
pub(crate) const ERROR_TYPE: &str = "x-amzn-errortype";

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// The namespaces that error types are qualified with, as recorded.
const SERVICE_NAMESPACE: &str = "http://internal.amazon.com/coral/com.amazon.bedrock/";
const FRAMEWORK_NAMESPACE: &str = "http://internal.amazon.com/coral/com.amazon.coral.service/";

/// Errors that the framework beneath the real service gives, not the service itself.
const FRAMEWORK_SHAPES: [&str; 13] = [
    "AccessDenied",
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InternalFailure",
    "InvalidSignatureException",
    "MissingAuthenticationTokenException",
    "NotAcceptableException",
    "RequestEntityTooLargeException",
    "RequestTimeoutException",
    "SerializationException",
    "UnknownOperationException",
    "UnrecognizedClientException",
    "UnsupportedMediaTypeException",
];

/// An error answer: status, type and message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{shape}: {message}")]
pub struct WireError {
    status: StatusCode,
    shape: Cow<'static, str>,
    message: String,
    retry_after: Option<u32>,
}

impl WireError {
    /// An error of the given type. The shape is written without a namespace.
    pub fn new(
        status: StatusCode,
        shape: impl Into<Cow<'static, str>>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status,
            shape: shape.into(),
            message: message.into(),
            retry_after: None,
        }
    }

    /// Input that breaks a constraint of the model: 400.
    pub fn validation(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "ValidationException", message)
    }

    /// A body that is not the JSON that the operation expects: 400.
    pub fn serialization(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "SerializationException", message)
    }

    /// No operation has this route: 404.
    #[must_use]
    pub fn unknown_operation(message: String) -> Self {
        Self::new(StatusCode::NOT_FOUND, "UnknownOperationException", message)
    }

    /// An operation that this server has no handler for: 501, which SDKs do not retry.
    #[must_use]
    pub fn not_served(operation: &str) -> Self {
        let message = format!(
            "Outcrop does not serve the operation {operation} yet. The README lists the operations that it serves."
        );
        Self::new(
            StatusCode::NOT_IMPLEMENTED,
            "UnsupportedOperationException",
            message,
        )
    }

    /// More requests than the server takes at once: 429, in the service's words.
    #[must_use]
    pub fn throttled() -> Self {
        let message = "Too many requests, please wait before trying again.";
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "ThrottlingException",
            message,
        )
        .retry_after(1)
    }

    /// The server cannot answer now: 503.
    #[must_use]
    pub fn unavailable(message: String) -> Self {
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "ServiceUnavailableException",
            message,
        )
    }

    /// A fault of the server: 500. What happened is in the log, not in the answer.
    #[must_use]
    pub fn internal() -> Self {
        let message =
            "The system encountered an unexpected error during processing. Try your request again.";
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "InternalServerException",
            message,
        )
    }

    /// Asks the client to wait for this many seconds (`Retry-After`).
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The HTTP status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The error's shape, without namespace.
    #[must_use]
    pub fn shape(&self) -> &str {
        &self.shape
    }

    /// What the client reads.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The answer as it goes out.
    #[must_use]
    pub fn into_response(self) -> Response<BoxBody> {
        let mut members = Map::new();
        members.insert("message".to_owned(), Value::String(self.message));
        let mut response = Response::new(to_boxed(error_body(&self.shape, members)));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, JSON);
        headers.insert(ERROR_TYPE, error_type(&self.shape));
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// The value of `x-amzn-errortype` for a shape.
pub(crate) fn error_type(shape: &str) -> HeaderValue {
    let framework = FRAMEWORK_SHAPES.contains(&shape);
    let namespace = if framework {
        FRAMEWORK_NAMESPACE
    } else {
        SERVICE_NAMESPACE
    };
    HeaderValue::try_from(format!("{shape}:{namespace}"))
        .unwrap_or(HeaderValue::from_static("InternalServerException"))
}

/// An error body: the given members and `__type`, in alphabetical order.
///
/// An unknown operation also has what the framework of the real service writes there:
/// `{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0"}`.
pub(crate) fn error_body(shape: &str, members: Map<String, Value>) -> Bytes {
    let mut members: Vec<(String, Value)> = members.into_iter().collect();
    members.push(("__type".to_owned(), Value::from(shape)));
    if shape == "UnknownOperationException" {
        let output =
            serde_json::json!({ "__type": "com.amazon.coral.service#UnknownOperationException" });
        members.push(("Output".to_owned(), output));
        members.push(("Version".to_owned(), Value::from("1.0")));
    }
    members.sort_by(|left, right| left.0.cmp(&right.0));
    // Built by hand because a map's order depends on the features that serde_json is built with.
    let members: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("{}:{value}", Value::from(name.as_str())))
        .collect();
    Bytes::from(format!("{{{}}}", members.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read;

    #[tokio::test]
    async fn envelope_has_type_and_message() {
        let answer = read(WireError::validation("no").into_response()).await;
        assert_eq!(answer.status, 400);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let suffix = "http://internal.amazon.com/coral/com.amazon.bedrock/";
        assert_eq!(
            answer.header(ERROR_TYPE),
            Some(format!("ValidationException:{suffix}").as_str())
        );
        assert_eq!(
            answer.text(),
            r#"{"__type":"ValidationException","message":"no"}"#
        );
    }

    #[tokio::test]
    async fn framework_errors_have_the_framework_namespace() {
        let answer = read(WireError::serialization("no").into_response()).await;
        let suffix = "http://internal.amazon.com/coral/com.amazon.coral.service/";
        assert_eq!(
            answer.header(ERROR_TYPE),
            Some(format!("SerializationException:{suffix}").as_str())
        );
    }

    #[tokio::test]
    async fn unknown_operation_has_the_framework_body_too() {
        let answer =
            read(WireError::unknown_operation("no such route".to_owned()).into_response()).await;
        let expected = concat!(
            r#"{"Output":{"__type":"com.amazon.coral.service#UnknownOperationException"},"Version":"1.0","#,
            r#""__type":"UnknownOperationException","message":"no such route"}"#
        );
        assert_eq!(answer.text(), expected);
    }

    #[tokio::test]
    async fn throttling_says_when_to_return() {
        let answer = read(WireError::throttled().into_response()).await;
        assert_eq!(
            (answer.status, answer.header("retry-after")),
            (429, Some("1"))
        );
    }
}
