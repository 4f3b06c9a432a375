//! The metrics that Prometheus gets, for a collector.

use opentelemetry::{
    KeyValue,
    metrics::{Counter, Histogram, Meter, UpDownCounter},
};
use outcrop_telemetry::{Finished, Inference, PROVIDER, boundaries};

/// Everything that is counted.
pub(super) struct Instruments {
    pub(super) active_requests: UpDownCounter<i64>,
    pub(super) active_streams: UpDownCounter<i64>,
    aborted: Counter<u64>,
    http_duration: Histogram<f64>,
    request_size: Histogram<u64>,
    response_size: Histogram<u64>,
    request_duration: Histogram<f64>,
    operation_duration: Histogram<f64>,
    first_token: Histogram<f64>,
    further_token: Histogram<f64>,
    tokens: Histogram<u64>,
}

impl Instruments {
    pub(super) fn new(meter: &Meter) -> Self {
        let up_down = |name| {
            meter
                .i64_up_down_counter(name)
                .with_unit("{request}")
                .build()
        };
        let seconds = |name, boundaries: &[f64]| {
            let histogram = meter.f64_histogram(name).with_unit("s");
            histogram.with_boundaries(boundaries.to_vec()).build()
        };
        let whole = |name, unit, boundaries: &[f64]| {
            let histogram = meter.u64_histogram(name).with_unit(unit);
            histogram.with_boundaries(boundaries.to_vec()).build()
        };
        let sizes = &boundaries::BODY_SIZE;
        let durations = &boundaries::OPERATION_DURATION;
        Self {
            active_requests: up_down("http.server.active_requests"),
            active_streams: up_down("outcrop.active_streams"),
            aborted: meter
                .u64_counter("outcrop.requests.aborted")
                .with_unit("{request}")
                .build(),
            http_duration: seconds("http.server.request.duration", &boundaries::HTTP_DURATION),
            request_size: whole("http.server.request.body.size", "By", sizes),
            response_size: whole("http.server.response.body.size", "By", sizes),
            request_duration: seconds("gen_ai.server.request.duration", durations),
            operation_duration: seconds("gen_ai.client.operation.duration", durations),
            first_token: seconds(
                "gen_ai.server.time_to_first_token",
                &boundaries::TIME_TO_FIRST_TOKEN,
            ),
            further_token: seconds(
                "gen_ai.server.time_per_output_token",
                &boundaries::TIME_PER_OUTPUT_TOKEN,
            ),
            tokens: whole("gen_ai.client.token.usage", "{token}", &boundaries::TOKENS),
        }
    }

    /// Counts a request that is over.
    pub(super) fn record(&self, request: &Finished<'_>) {
        let operation = [KeyValue::new("rpc.method", request.operation.to_owned())];
        let mut labels = operation.to_vec();
        labels.push(KeyValue::new("http.request.method", request.method));
        if let Some(status) = request.status {
            labels.push(KeyValue::new(
                "http.response.status_code",
                i64::from(status),
            ));
        }
        labels.extend(error_type(request));
        let seconds = request.duration.as_secs_f64();
        self.http_duration.record(seconds, &labels);
        if let Some(bytes) = request.request_bytes {
            self.request_size.record(bytes, &operation);
        }
        self.response_size
            .record(request.response_bytes, &operation);
        if request.aborted {
            self.aborted.add(1, &operation);
        }
        if let Some(inference) = &request.inference {
            self.record_inference(inference, request);
        }
    }

    fn record_inference(&self, inference: &Inference<'_>, request: &Finished<'_>) {
        let model = model_labels(inference);
        let mut labels = model.clone();
        labels.extend(error_type(request));
        let seconds = request.duration.as_secs_f64();
        self.request_duration.record(seconds, &labels);
        if let Some(duration) = inference.engine_duration() {
            let seconds = duration.as_secs_f64();
            self.operation_duration.record(seconds, &labels);
        }
        if let Some(time) = inference.time_to_first_token() {
            self.first_token.record(time.as_secs_f64(), &model);
        }
        if let Some(time) = inference.time_per_output_token() {
            self.further_token.record(time.as_secs_f64(), &model);
        }
        for (kind, count) in inference.tokens() {
            if let Some(count) = count {
                let mut labels = model.clone();
                labels.push(KeyValue::new("gen_ai.token.type", kind));
                self.tokens.record(count, &labels);
            }
        }
    }
}

fn error_type(request: &Finished<'_>) -> Option<KeyValue> {
    let error = request.error;
    (!error.is_empty()).then(|| KeyValue::new("error.type", error.to_owned()))
}

fn model_labels(inference: &Inference<'_>) -> Vec<KeyValue> {
    let seen = inference.seen;
    let mut labels = vec![
        KeyValue::new("gen_ai.operation.name", inference.operation.to_owned()),
        KeyValue::new("gen_ai.provider.name", PROVIDER),
        KeyValue::new("gen_ai.request.model", inference.model.to_owned()),
    ];
    if let Some(model) = &seen.response_model {
        labels.push(KeyValue::new("gen_ai.response.model", model.to_string()));
    }
    if let Some(backend) = &seen.backend {
        labels.push(KeyValue::new("outcrop.backend", backend.to_string()));
    }
    labels
}
