//! What is counted of every request.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};

use super::{
    boundaries::{BODY_SIZE, HTTP_DURATION},
    series::{Labels, Series},
};
use crate::Finished;

type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

/// Of durations.
#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OutcomeLabels {
    http_request_method: &'static str,
    rpc_method: String,
    http_response_status_code: u16,
    error_type: String,
}

impl Labels for OutcomeLabels {
    fn other() -> Self {
        Self {
            http_request_method: "_OTHER",
            rpc_method: "other".to_owned(),
            http_response_status_code: 0,
            error_type: "other".to_owned(),
        }
    }
}

/// Of everything else.
#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OperationLabels {
    rpc_method: String,
}

#[derive(Debug)]
pub(super) struct HttpMetrics {
    series: Series<OutcomeLabels, HttpSeries>,
    durations: Histograms<OutcomeLabels>,
    request_sizes: Histograms<OperationLabels>,
    response_sizes: Histograms<OperationLabels>,
    aborted: Family<OperationLabels, Counter>,
}

/// The metrics that one kind of request counts in.
#[derive(Debug)]
struct HttpSeries {
    duration: Histogram,
    request_size: Histogram,
    response_size: Histogram,
    aborted: Counter,
}

impl HttpMetrics {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let sizes: fn() -> Histogram = || Histogram::new(BODY_SIZE);
        let made = Self {
            series: Series::new(),
            durations: Family::new_with_constructor(|| Histogram::new(HTTP_DURATION)),
            request_sizes: Family::new_with_constructor(sizes),
            response_sizes: Family::new_with_constructor(sizes),
            aborted: Family::default(),
        };
        registry.register_with_unit(
            "http_server_request_duration",
            "Time from a request's head to the end of its answer",
            Unit::Seconds,
            made.durations.clone(),
        );
        registry.register_with_unit(
            "http_server_request_body_size",
            "Size of request bodies whose length is announced",
            Unit::Bytes,
            made.request_sizes.clone(),
        );
        registry.register_with_unit(
            "http_server_response_body_size",
            "Size of answers, as far as they were sent",
            Unit::Bytes,
            made.response_sizes.clone(),
        );
        registry.register(
            "outcrop_requests_aborted",
            "Requests whose client left before the end of the answer",
            made.aborted.clone(),
        );
        made
    }

    pub(super) fn record(&self, request: &Finished<'_>) {
        let labels = OutcomeLabels {
            http_request_method: request.method,
            rpc_method: request.operation.to_owned(),
            http_response_status_code: request.status.unwrap_or_default(),
            error_type: request.error.to_owned(),
        };
        let found = self.series.get(labels, |labels| self.make(labels));
        let (_, series) = &*found;
        series.duration.observe(request.duration.as_secs_f64());
        if let Some(bytes) = request.request_bytes {
            series.request_size.observe(size(bytes));
        }
        series.response_size.observe(size(request.response_bytes));
        if request.aborted {
            series.aborted.inc();
        }
    }

    fn make(&self, labels: &OutcomeLabels) -> HttpSeries {
        let operation = OperationLabels {
            rpc_method: labels.rpc_method.clone(),
        };
        HttpSeries {
            duration: self.durations.get_or_create_owned(labels),
            request_size: self.request_sizes.get_or_create_owned(&operation),
            response_size: self.response_sizes.get_or_create_owned(&operation),
            aborted: self.aborted.get_or_create_owned(&operation),
        }
    }
}

/// Exact up to 2⁵³.
#[allow(clippy::cast_precision_loss)]
fn size(bytes: u64) -> f64 {
    bytes as f64
}
