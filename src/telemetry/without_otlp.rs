//! A build without the feature `otlp`: naming a collector is an error.

use http::HeaderMap;
use outcrop_engine::observation::Seen;
use outcrop_telemetry::Finished;

/// Why nothing can be sent to a collector.
#[derive(Debug, thiserror::Error)]
#[error("this build has no OTLP: build it with the feature `otlp`, or leave `otlp_endpoint` out")]
pub struct OtlpError;

/// What a span tells besides the metrics.
pub(crate) struct Ended<'a> {
    pub(crate) request: &'a Finished<'a>,
    pub(crate) seen: &'a Seen,
    pub(crate) path: &'a str,
    pub(crate) model: Option<&'a str>,
    pub(crate) request_id: Option<&'a str>,
}

/// There are no spans.
pub(crate) enum RequestSpan {}

impl RequestSpan {
    pub(crate) fn traceparent(&self) -> Option<Box<str>> {
        match *self {}
    }
}

/// There is no collector.
pub(crate) enum Otlp {}

impl Otlp {
    pub(crate) fn new(_endpoint: &str) -> Result<Self, OtlpError> {
        Err(OtlpError)
    }

    pub(crate) fn begun(&self, _headers: &HeaderMap) -> RequestSpan {
        match *self {}
    }

    pub(crate) fn streaming(&self, _by: i64) {
        match *self {}
    }

    pub(crate) fn finished(&self, span: RequestSpan, _ended: &Ended<'_>) {
        match span {}
    }

    pub(crate) fn shutdown(&self) {
        match *self {}
    }
}
