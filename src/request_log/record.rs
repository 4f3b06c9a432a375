//! What is known of one request.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use http::{Method, Request, Response, StatusCode, header};
use http_body::Body as _;
use outcrop_engine::Observation;
use outcrop_wire::OperationName;

use super::{Witness, frames, traceparent::traceparent};
use crate::telemetry::RequestSpan;

/// How a response ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was sent in full.
    Complete,
    /// It broke off with an error of ours, or with an exception within its stream.
    Failed,
    /// The client left before its end.
    Abandoned,
}

/// A request, told of when this is dropped: with its response, or when the client leaves.
pub(super) struct Record {
    pub(super) witness: Witness,
    pub(super) observation: Arc<Observation>,
    pub(super) span: Option<RequestSpan>,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) begun: Instant,
    /// Bytes of the request's body, where its head tells.
    pub(super) request_bytes: Option<u64>,
    pub(super) response_bytes: u64,
    pub(super) answered: Option<Answered>,
    pub(super) outcome: Outcome,
}

/// What the head of a response tells.
pub(super) struct Answered {
    pub(super) status: StatusCode,
    pub(super) latency: Duration,
    pub(super) request_id: Option<String>,
    pub(super) operation: Option<OperationName>,
    /// Of the head, or of an exception in the stream.
    pub(super) error: Option<String>,
    pub(super) streams: bool,
}

impl Record {
    /// Tells that a request is being answered.
    pub(super) fn begin(request: &Request<Body>, witness: Witness) -> Self {
        let headers = request.headers();
        let telemetry = &witness.telemetry;
        telemetry.metrics.begun();
        let span = telemetry.otlp.as_ref().map(|otlp| otlp.begun(headers));
        let context = match &span {
            Some(span) => span.traceparent(),
            None => traceparent(headers),
        };
        let record = Self {
            span,
            observation: Observation::new(context),
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            begun: Instant::now(),
            request_bytes: request.body().size_hint().exact(),
            response_bytes: 0,
            answered: None,
            outcome: Outcome::Abandoned,
            witness,
        };
        tracing::debug!(
            method = record.method.as_str(),
            path = record.path,
            "request begun"
        );
        record
    }

    /// Takes what the response's head tells.
    pub(super) fn answered(&mut self, response: &Response<BoxBody>) {
        let header = |name: header::HeaderName| {
            let value = response.headers().get(name)?;
            value.to_str().ok()
        };
        // The type is followed by its namespace.
        let error = header(ERROR_TYPE).and_then(|kind| kind.split(':').next());
        let streams = header(header::CONTENT_TYPE) == Some("application/vnd.amazon.eventstream");
        self.answered = Some(Answered {
            status: response.status(),
            latency: self.begun.elapsed(),
            request_id: header(REQUEST_ID).map(str::to_owned),
            operation: response.extensions().get().cloned(),
            error: error.map(str::to_owned),
            streams,
        });
        if streams {
            let telemetry = &self.witness.telemetry;
            telemetry.metrics.streaming();
            if let Some(otlp) = &telemetry.otlp {
                otlp.streaming(1);
            }
        }
        if response.body().is_end_stream() {
            self.complete();
        }
    }

    /// Takes a piece of the body.
    pub(super) fn sent(&mut self, data: &[u8]) {
        self.response_bytes += data.len() as u64;
        if let Some(answered) = &mut self.answered
            && answered.streams
            && let Some(exception) = frames::exception(data)
        {
            answered.error = Some(exception);
        }
    }

    /// The body has been taken to its end.
    pub(super) fn complete(&mut self) {
        let broke_off = self
            .answered
            .as_ref()
            .is_some_and(|answered| answered.streams && answered.error.is_some());
        self.outcome = if broke_off {
            Outcome::Failed
        } else {
            Outcome::Complete
        };
    }
}

const ERROR_TYPE: header::HeaderName = header::HeaderName::from_static("x-amzn-errortype");
const REQUEST_ID: header::HeaderName = header::HeaderName::from_static("x-amzn-requestid");
