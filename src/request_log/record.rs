//! What is logged of one request.

use std::time::{Duration, Instant};

use aws_smithy_http_server::body::{Body, BoxBody};
use http::{Method, Request, Response, StatusCode};
use http_body::Body as _;
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
}

impl Record {
    pub(super) fn begin(request: &Request<Body>) -> Self {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        tracing::debug!(method = method.as_str(), path, "request begun");
        Self {
            method,
            path,
            begun: Instant::now(),
            answered: None,
            outcome: Outcome::Abandoned,
        }
    }

    /// Takes what the response's head tells.
    pub(super) fn answered(&mut self, response: &Response<BoxBody>) {
        let request_id = response.headers().get("x-amzn-requestid");
        self.answered = Some(Answered {
            status: response.status(),
            latency: self.begun.elapsed(),
            request_id: request_id
                .and_then(|id| id.to_str().ok())
                .map(str::to_owned),
        });
        if response.body().is_end_stream() {
            self.outcome = Outcome::Complete;
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let answered = self.answered.as_ref();
        tracing::info!(
            request_id = answered.and_then(|answered| answered.request_id.as_deref()),
            model = model_id(&self.path),
            method = self.method.as_str(),
            path = self.path,
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
