//! What is counted of inferences.

use std::sync::OnceLock;

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{family::Family, histogram::Histogram},
    registry::{Registry, Unit},
};

use super::{
    boundaries::{OPERATION_DURATION, TIME_PER_OUTPUT_TOKEN, TIME_TO_FIRST_TOKEN, TOKENS},
    series::{Labels, Series},
};
use crate::{Finished, Inference, PROVIDER};

type Histograms<L> = Family<L, Histogram, fn() -> Histogram>;

/// Of durations.
#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct OutcomeLabels {
    #[prometheus(flatten)]
    model: ModelLabels,
    error_type: String,
}

/// Of what only successes have.
#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ModelLabels {
    gen_ai_operation_name: String,
    gen_ai_provider_name: &'static str,
    gen_ai_request_model: String,
    gen_ai_response_model: String,
    outcrop_backend: String,
}

/// Of tokens.
#[derive(Debug, Clone, Hash, PartialEq, Eq, EncodeLabelSet)]
struct TokenLabels {
    #[prometheus(flatten)]
    model: ModelLabels,
    gen_ai_token_type: &'static str,
}

impl Labels for OutcomeLabels {
    fn other() -> Self {
        let other = || "other".to_owned();
        Self {
            model: ModelLabels {
                gen_ai_operation_name: other(),
                gen_ai_provider_name: PROVIDER,
                gen_ai_request_model: other(),
                gen_ai_response_model: other(),
                outcrop_backend: other(),
            },
            error_type: other(),
        }
    }
}

#[derive(Debug)]
pub(super) struct InferenceMetrics {
    series: Series<OutcomeLabels, InferenceSeries>,
    requests: Histograms<OutcomeLabels>,
    operations: Histograms<OutcomeLabels>,
    first_tokens: Histograms<ModelLabels>,
    further_tokens: Histograms<ModelLabels>,
    tokens: Histograms<TokenLabels>,
}

/// The metrics that one kind of inference counts in. What it has no use for stays unmade, so that
/// there are no series without a count.
#[derive(Debug)]
struct InferenceSeries {
    request: Histogram,
    operation: Histogram,
    first_token: OnceLock<Histogram>,
    further_token: OnceLock<Histogram>,
    /// In the order of [`Inference::tokens`].
    tokens: [OnceLock<Histogram>; 4],
}

impl InferenceMetrics {
    pub(super) fn new(registry: &mut Registry) -> Self {
        let durations: fn() -> Histogram = || Histogram::new(OPERATION_DURATION);
        let made = Self {
            series: Series::new(),
            requests: Family::new_with_constructor(durations),
            operations: Family::new_with_constructor(durations),
            first_tokens: Family::new_with_constructor(|| Histogram::new(TIME_TO_FIRST_TOKEN)),
            further_tokens: Family::new_with_constructor(|| Histogram::new(TIME_PER_OUTPUT_TOKEN)),
            tokens: Family::new_with_constructor(|| Histogram::new(TOKENS)),
        };
        made.register(registry);
        made
    }

    fn register(&self, registry: &mut Registry) {
        registry.register_with_unit(
            "gen_ai_server_request_duration",
            "Time from an inference request's head to the end of its answer",
            Unit::Seconds,
            self.requests.clone(),
        );
        registry.register_with_unit(
            "gen_ai_client_operation_duration",
            "Time that what answers took, from being asked to its last event",
            Unit::Seconds,
            self.operations.clone(),
        );
        registry.register_with_unit(
            "gen_ai_server_time_to_first_token",
            "Time from a request's head to the first piece of the answer's content",
            Unit::Seconds,
            self.first_tokens.clone(),
        );
        registry.register_with_unit(
            "gen_ai_server_time_per_output_token",
            "Time for each token after the first, of answers that are complete",
            Unit::Seconds,
            self.further_tokens.clone(),
        );
        registry.register(
            "gen_ai_client_token_usage",
            "Tokens of a request, by their kind",
            self.tokens.clone(),
        );
    }

    pub(super) fn record(&self, inference: &Inference<'_>, request: &Finished<'_>) {
        let labels = OutcomeLabels {
            model: model_labels(inference),
            error_type: request.error.to_owned(),
        };
        let found = self.series.get(labels, |labels| self.make(labels));
        let (labels, series) = &*found;
        let model = &labels.model;
        series.request.observe(request.duration.as_secs_f64());
        if let Some(duration) = inference.engine_duration() {
            series.operation.observe(duration.as_secs_f64());
        }
        if let Some(time) = inference.time_to_first_token() {
            let made = || self.first_tokens.get_or_create_owned(model);
            let histogram = series.first_token.get_or_init(made);
            histogram.observe(time.as_secs_f64());
        }
        if let Some(time) = inference.time_per_output_token() {
            let made = || self.further_tokens.get_or_create_owned(model);
            let histogram = series.further_token.get_or_init(made);
            histogram.observe(time.as_secs_f64());
        }
        for ((kind, count), series) in inference.tokens().into_iter().zip(&series.tokens) {
            if let Some(count) = count.and_then(|count| u32::try_from(count).ok()) {
                let histogram = series.get_or_init(|| self.make_tokens(model, kind));
                histogram.observe(f64::from(count));
            }
        }
    }

    fn make(&self, labels: &OutcomeLabels) -> InferenceSeries {
        InferenceSeries {
            request: self.requests.get_or_create_owned(labels),
            operation: self.operations.get_or_create_owned(labels),
            first_token: OnceLock::new(),
            further_token: OnceLock::new(),
            tokens: Default::default(),
        }
    }

    fn make_tokens(&self, model: &ModelLabels, kind: &'static str) -> Histogram {
        self.tokens.get_or_create_owned(&TokenLabels {
            model: model.clone(),
            gen_ai_token_type: kind,
        })
    }
}

fn model_labels(inference: &Inference<'_>) -> ModelLabels {
    let seen = inference.seen;
    ModelLabels {
        gen_ai_operation_name: inference.operation.to_owned(),
        gen_ai_provider_name: PROVIDER,
        gen_ai_request_model: inference.model.to_owned(),
        gen_ai_response_model: seen
            .response_model
            .as_deref()
            .unwrap_or_default()
            .to_owned(),
        outcrop_backend: seen.backend.as_deref().unwrap_or_default().to_owned(),
    }
}
