//! Traces and metrics for an `OpenTelemetry` collector, by OTLP over HTTP with protobuf bodies.
//!
//! The SDK reads its standard variables besides: `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`,
//! `OTEL_EXPORTER_OTLP_HEADERS`, `OTEL_TRACES_SAMPLER` and the ones for batches and intervals.

mod client;
mod instruments;
mod span;

use std::{sync::Arc, time::Duration};

use http::HeaderMap;
use opentelemetry::{
    KeyValue,
    metrics::MeterProvider as _,
    trace::{Span as _, TraceContextExt as _, Tracer as _, TracerProvider as _},
};
use opentelemetry_otlp::{
    ExporterBuildError, MetricExporter, Protocol, SpanExporter, WithExportConfig, WithHttpConfig,
};
use opentelemetry_sdk::{
    Resource,
    metrics::SdkMeterProvider,
    resource::EnvResourceDetector,
    trace::{SdkTracer, SdkTracerProvider, Span},
};

pub(crate) use self::span::Ended;
use self::{client::Client, instruments::Instruments};

/// Time that the last export gets when the server stops.
const LAST_EXPORT: Duration = Duration::from_secs(5);

/// Why nothing can be sent to a collector.
#[derive(Debug, thiserror::Error)]
pub enum OtlpError {
    /// The address or a standard variable cannot be used.
    #[error("`otlp_endpoint` cannot be used: {0}")]
    Exporter(#[from] ExporterBuildError),
    /// There is no HTTP client.
    #[error("no client for `otlp_endpoint` can be made: {0}")]
    Client(String),
}

/// What is sent to a collector.
pub(crate) struct Otlp {
    traces: SdkTracerProvider,
    metrics: SdkMeterProvider,
    tracer: SdkTracer,
    instruments: Instruments,
}

/// The span of a request under way.
pub(crate) struct RequestSpan(Span);

impl RequestSpan {
    /// As further servers are told of it.
    pub(crate) fn traceparent(&self) -> Option<Box<str>> {
        let context = self.0.span_context();
        let text = format!(
            "00-{}-{}-{:02x}",
            context.trace_id(),
            context.span_id(),
            context.trace_flags().to_u8()
        );
        context.is_valid().then(|| text.into())
    }
}

impl Otlp {
    /// Sends to the collector at `endpoint`, whose paths are `/v1/traces` and `/v1/metrics` below it.
    pub(crate) fn new(endpoint: &str) -> Result<Self, OtlpError> {
        let client = Arc::new(Client::new(endpoint.starts_with("https:"))?);
        let url = |path| format!("{}{path}", endpoint.trim_end_matches('/'));
        let spans = SpanExporter::builder()
            .with_http()
            .with_shared_http_client(client.clone())
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(url("/v1/traces"))
            .build()?;
        let numbers = MetricExporter::builder()
            .with_http()
            .with_shared_http_client(client)
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(url("/v1/metrics"))
            .build()?;
        let traces = SdkTracerProvider::builder()
            .with_batch_exporter(spans)
            .with_resource(resource())
            .build();
        let metrics = SdkMeterProvider::builder()
            .with_periodic_exporter(numbers)
            .with_resource(resource())
            .build();
        Ok(Self {
            tracer: traces.tracer("outcrop"),
            instruments: Instruments::new(&metrics.meter("outcrop")),
            traces,
            metrics,
        })
    }

    /// Begins the span of a request, in the trace that its headers name.
    pub(crate) fn begun(&self, headers: &HeaderMap) -> RequestSpan {
        self.instruments.active_requests.add(1, &[]);
        let parent = span::parent(headers);
        let context =
            parent.map(|parent| opentelemetry::Context::new().with_remote_span_context(parent));
        let builder = self
            .tracer
            .span_builder("request")
            .with_kind(opentelemetry::trace::SpanKind::Server);
        RequestSpan(
            self.tracer
                .build_with_context(builder, &context.unwrap_or_default()),
        )
    }

    /// Counts streams that begin or end.
    pub(crate) fn streaming(&self, by: i64) {
        self.instruments.active_streams.add(by, &[]);
    }

    /// Ends the span of a request, and counts the request.
    pub(crate) fn finished(&self, span: RequestSpan, ended: &Ended<'_>) {
        let mut span = span.0;
        if span.is_recording() {
            span.update_name(ended.name());
            span.set_attributes(ended.attributes());
            span.set_status(ended.status());
        }
        span.end();
        self.instruments.active_requests.add(-1, &[]);
        self.instruments.record(ended.request);
    }

    /// Sends the rest.
    pub(crate) fn shutdown(&self) {
        let results = [
            self.traces.shutdown_with_timeout(LAST_EXPORT),
            self.metrics.shutdown_with_timeout(LAST_EXPORT),
        ];
        for error in results.into_iter().filter_map(Result::err) {
            tracing::warn!(%error, "the collector did not get everything");
        }
    }
}

/// Who tells: `outcrop`, unless a standard variable says otherwise.
fn resource() -> Resource {
    let builder = Resource::builder_empty()
        .with_service_name("outcrop")
        .with_attribute(KeyValue::new("service.version", env!("CARGO_PKG_VERSION")))
        .with_detector(Box::new(EnvResourceDetector::new()));
    match std::env::var("OTEL_SERVICE_NAME") {
        Ok(name) if !name.is_empty() => builder.with_service_name(name).build(),
        _ => builder.build(),
    }
}
