//! What is logged of one request.

use std::time::{Duration, Instant};

use aws_smithy_http_server::body::{Body, BoxBody};
use http::{Method, Request, Response, StatusCode};
use http_body::Body as _;
use outcrop_wire::OperationName;
use percent_encoding::percent_decode_str;

/// How a response ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was sent in full.
    Complete,
    /// It broke off with an error of ours.
    Failed,
    /// The client left before its end.
    Abandoned,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
        }
    }
}

/// A request, logged when this is dropped: with its response, or when the client leaves.
pub(super) struct Record {
    method: Method,
    path: String,
    begun: Instant,
    answered: Option<Answered>,
    pub(super) outcome: Outcome,
}

/// What the head of a response tells.
struct Answered {
    status: StatusCode,
    latency: Duration,
    request_id: Option<String>,
    operation: Option<OperationName>,
    error: Option<String>,
}

impl Record {
    pub(super) fn of(request: &Request<Body>) -> Self {
        Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            begun: Instant::now(),
            answered: None,
            outcome: Outcome::Abandoned,
        }
    }

    /// Tells that the request is being answered.
    pub(super) fn log_begun(&self) {
        tracing::debug!(
            method = self.method.as_str(),
            path = self.path,
            "request begun"
        );
    }

    /// Takes what the response's head tells.
    pub(super) fn answered(&mut self, response: &Response<BoxBody>) {
        let header = |name| {
            response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        // The type is followed by its namespace.
        let error = header("x-amzn-errortype").and_then(|kind| kind.split(':').next());
        self.answered = Some(Answered {
            status: response.status(),
            latency: self.begun.elapsed(),
            request_id: header("x-amzn-requestid").map(str::to_owned),
            operation: response.extensions().get().cloned(),
            error: error.map(str::to_owned),
        });
        if response.body().is_end_stream() {
            self.outcome = Outcome::Complete;
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let answered = self.answered.as_ref();
        let operation = answered.and_then(|answered| answered.operation.as_ref());
        tracing::info!(
            request_id = answered.and_then(|answered| answered.request_id.as_deref()),
            operation = operation.map(OperationName::as_str),
            model = model_id(&self.path),
            method = self.method.as_str(),
            path = self.path,
            error = answered.and_then(|answered| answered.error.as_deref()),
            status = answered.map(|answered| answered.status.as_u16()),
            latency_ms = answered.map(|answered| milliseconds(answered.latency)),
            duration_ms = milliseconds(self.begun.elapsed()),
            outcome = self.outcome.word(),
            "request"
        );
    }
}

/// The model that a path of the runtime names: what is between `/model/` and the operation.
fn model_id(path: &str) -> Option<String> {
    let (_, rest) = path.split_once("/model/")?;
    let (id, _operation) = rest.rsplit_once('/')?;
    Some(percent_decode_str(id).decode_utf8_lossy().into_owned())
}

/// Milliseconds, exact to the microsecond.
fn milliseconds(duration: Duration) -> f64 {
    let microseconds = u32::try_from(duration.as_micros()).unwrap_or(u32::MAX);
    f64::from(microseconds) / 1000.0
}

#[cfg(test)]
mod tests {
    use super::model_id;

    #[test]
    fn a_model_is_told_from_the_path() {
        let id = |path| model_id(path).unwrap_or_default();
        assert_eq!(
            id("/model/amazon.nova-lite-v1%3A0/converse"),
            "amazon.nova-lite-v1:0"
        );
        assert_eq!(
            id("/v1/model/arn:aws:bedrock:a:1:x/y/invoke"),
            "arn:aws:bedrock:a:1:x/y"
        );
        assert_eq!(id("/foundation-models/x"), "");
    }
}
