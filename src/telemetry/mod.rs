//! What is told of requests: the log, metrics for Prometheus, traces and metrics for a collector.

mod log;
#[cfg(feature = "otlp")]
mod otlp;
#[cfg(not(feature = "otlp"))]
#[path = "without_otlp.rs"]
mod otlp;

use std::sync::Arc;

use outcrop_telemetry::Metrics;

use crate::config::Settings;

pub(crate) use self::otlp::{Ended, RequestSpan};
pub use self::{log::start, otlp::OtlpError};

/// Where everything about requests is counted. Clones are the same.
#[derive(Clone)]
pub struct Telemetry {
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) otlp: Option<Arc<otlp::Otlp>>,
}

impl Telemetry {
    /// Counts for Prometheus, and sends to the collector where the settings name one. That needs a
    /// runtime, which this must be called in.
    pub fn new(settings: &Settings) -> Result<Self, OtlpError> {
        let endpoint = settings.otlp_endpoint.as_ref();
        let otlp = endpoint.map(|endpoint| otlp::Otlp::new(&endpoint.0));
        Ok(Self {
            metrics: Arc::new(Metrics::new(env!("CARGO_PKG_VERSION"))),
            otlp: otlp.transpose()?.map(Arc::new),
        })
    }

    /// Sends what the collector has not got yet. Blocks for some seconds at the most, and must not be
    /// called by a thread of the runtime that answers requests.
    pub fn shutdown(&self) {
        if let Some(otlp) = &self.otlp {
            otlp.shutdown();
        }
    }
}
