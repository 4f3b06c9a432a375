//! Counting, and telling Prometheus.

pub mod boundaries;
mod http;
mod inference;
mod invocation_logs;
mod series;

use std::sync::atomic::AtomicI64;

use prometheus_client::{
    encoding::text::encode,
    metrics::{gauge::Gauge, info::Info},
    registry::Registry,
};

use self::{http::HttpMetrics, inference::InferenceMetrics, invocation_logs::InvocationLogMetrics};
use crate::Finished;

/// The media type of [`Metrics::text`].
pub const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that is counted, for one server.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    http: HttpMetrics,
    inference: InferenceMetrics,
    invocation_logs: InvocationLogMetrics,
    active_requests: Gauge<i64, AtomicI64>,
    active_streams: Gauge<i64, AtomicI64>,
}

impl Metrics {
    /// Metrics that have counted nothing. `version` is the server's.
    #[must_use]
    pub fn new(version: &'static str) -> Self {
        let mut registry = Registry::default();
        let (active_requests, active_streams) = (Gauge::default(), Gauge::default());
        registry.register(
            "outcrop_build",
            "The server's version",
            Info::new([("version", version)]),
        );
        registry.register(
            "http_server_active_requests",
            "Requests that are being answered, open streams included",
            active_requests.clone(),
        );
        registry.register(
            "outcrop_active_streams",
            "Answers that are being streamed",
            active_streams.clone(),
        );
        Self {
            http: HttpMetrics::new(&mut registry),
            inference: InferenceMetrics::new(&mut registry),
            invocation_logs: InvocationLogMetrics::new(&mut registry),
            registry,
            active_requests,
            active_streams,
        }
    }

    /// Counts a request that begins.
    pub fn begun(&self) {
        self.active_requests.inc();
    }

    /// Counts a request's answer that begins to stream.
    pub fn streaming(&self) {
        self.active_streams.inc();
    }

    /// Counts a request that is over; `streamed` if its answer was counted by [`Self::streaming`].
    pub fn finished(&self, request: &Finished<'_>, streamed: bool) {
        self.active_requests.dec();
        if streamed {
            self.active_streams.dec();
        }
        self.http.record(request);
        if let Some(inference) = &request.inference {
            self.inference.record(inference, request);
        }
    }

    /// Counts records of invocations that a destination has: `s3` or `cloudwatch`.
    pub fn invocation_logs_delivered(&self, destination: &'static str, records: u64) {
        self.invocation_logs.delivered(destination, records);
    }

    /// Counts records of invocations that are lost, and why, in a word.
    pub fn invocation_logs_lost(&self, reason: &'static str, records: u64) {
        self.invocation_logs.lost(reason, records);
    }

    /// All metrics, in the text format of `OpenMetrics`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

#[cfg(test)]
mod tests;
