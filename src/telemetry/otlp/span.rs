//! What the span of a request says.

use http::HeaderMap;
use opentelemetry::{
    Array, KeyValue, StringValue, Value,
    propagation::TextMapPropagator,
    trace::{SpanContext, Status, TraceContextExt},
};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use outcrop_engine::observation::Seen;
use outcrop_telemetry::{Finished, PROVIDER};

/// What a span tells besides the metrics.
pub(crate) struct Ended<'a> {
    pub(crate) request: &'a Finished<'a>,
    pub(crate) seen: &'a Seen,
    pub(crate) path: &'a str,
    /// The model as the client named it.
    pub(crate) model: Option<&'a str>,
    pub(crate) request_id: Option<&'a str>,
}

/// The span that the client's headers name (`traceparent`, `tracestate`).
pub(super) fn parent(headers: &HeaderMap) -> Option<SpanContext> {
    let context = TraceContextPropagator::new()
        .extract_with_context(&opentelemetry::Context::new(), &HeaderExtractor(headers));
    let parent = context.span().span_context().clone();
    parent.is_valid().then_some(parent)
}

impl Ended<'_> {
    /// `chat amazon.nova-lite-v1:0`, or the operation.
    pub(super) fn name(&self) -> String {
        match (&self.request.inference, self.model) {
            (Some(inference), Some(model)) => format!("{} {model}", inference.operation),
            _ if self.request.operation.is_empty() => self.request.method.to_owned(),
            _ => self.request.operation.to_owned(),
        }
    }

    /// The server's own faults. What a client did wrong is no error of a server's span.
    pub(super) fn status(&self) -> Status {
        let own = self.request.status.is_some_and(|status| status >= 500)
            || (self.request.status == Some(200) && !self.request.error.is_empty());
        if own && !self.request.aborted {
            Status::error(self.request.error.to_owned())
        } else {
            Status::Unset
        }
    }

    pub(super) fn attributes(&self) -> Vec<KeyValue> {
        let request = self.request;
        let mut told = vec![
            KeyValue::new("http.request.method", request.method),
            KeyValue::new("url.path", self.path.to_owned()),
        ];
        let mut tell = |name: &'static str, value: Option<Value>| {
            told.extend(value.map(|value| KeyValue::new(name, value)));
        };
        let status = request.status.map(|status| i64::from(status).into());
        tell("http.response.status_code", status);
        tell("error.type", text(request.error));
        tell("aws.request_id", self.request_id.and_then(text));
        if !request.operation.is_empty() {
            tell("rpc.system", text("aws-api"));
            tell("rpc.method", text(request.operation));
        }
        if let Some(inference) = &request.inference {
            tell("gen_ai.operation.name", text(inference.operation));
            tell("gen_ai.provider.name", text(PROVIDER));
            tell("gen_ai.request.model", self.model.and_then(text));
            let first = inference.time_to_first_token();
            let seconds = first.map(|time| time.as_secs_f64().into());
            tell("outcrop.time_to_first_token", seconds);
            self.answer(&mut tell);
        }
        told
    }

    fn answer(&self, tell: &mut impl FnMut(&'static str, Option<Value>)) {
        let seen = self.seen;
        let count = |count: Option<u64>| Some(i64::try_from(count?).ok()?.into());
        let model = seen.response_model.as_deref();
        tell("gen_ai.response.model", model.and_then(text));
        tell("outcrop.backend", seen.backend.as_deref().and_then(text));
        tell("gen_ai.usage.input_tokens", count(seen.input_tokens));
        tell("gen_ai.usage.output_tokens", count(seen.output_tokens));
        let (read, written) = (seen.cache_read_tokens, seen.cache_write_tokens);
        tell("gen_ai.usage.cache_read.input_tokens", count(read));
        tell("gen_ai.usage.cache_creation.input_tokens", count(written));
        let reasons = seen.stop_reason.clone().map(|reason| {
            let reasons = vec![StringValue::from(reason)];
            Value::Array(Array::String(reasons))
        });
        tell("gen_ai.response.finish_reasons", reasons);
    }
}

fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| text.to_owned().into())
}
