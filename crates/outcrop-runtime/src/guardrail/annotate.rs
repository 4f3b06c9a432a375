//! What native bodies tell of guardrails.

use outcrop_catalogue::Model;
use serde_json::{Map, Value, json};

use super::{Exchange, TraceLevel, assessment_json::native};

const ACTION: &str = "amazon-bedrock-guardrailAction";
const TRACE: &str = "amazon-bedrock-trace";
const METRICS: &str = "amazon-bedrock-invocationMetrics";

/// Tells in a whole body what the guardrails did (recorded order).
pub(crate) fn annotate(body: &mut Value, exchange: &Exchange, model: &Model) {
    recast(body, exchange, model);
    if let Value::Object(members) = body {
        members.extend(
            exchange
                .native_trace()
                .map(|trace| (TRACE.to_owned(), trace)),
        );
        members.insert(ACTION.to_owned(), json!(action(exchange)));
    }
}

/// Tells in a chunk that a guardrail changed it, and in the last one everything.
pub(crate) fn annotate_chunk(
    chunk: &mut Value,
    exchange: &Exchange,
    model: &Model,
    touched: bool,
    last: bool,
) {
    recast(chunk, exchange, model);
    let Value::Object(members) = chunk else {
        return;
    };
    if is_titan(model) {
        // Recorded: chunks that went through a guardrail lack what is null in others.
        members.retain(|_, value| !value.is_null());
    }
    if last {
        // Titan tells its metrics after the guardrail, the others before it (recorded).
        let metrics = is_titan(model)
            .then(|| members.shift_remove(METRICS))
            .flatten();
        members.insert(ACTION.to_owned(), json!(action(exchange)));
        members.extend(
            exchange
                .native_trace()
                .map(|trace| (TRACE.to_owned(), trace)),
        );
        members.extend(metrics.map(|metrics| (METRICS.to_owned(), metrics)));
    } else if touched {
        members.insert(ACTION.to_owned(), json!("INTERVENED"));
    }
}

fn action(exchange: &Exchange) -> &'static str {
    if exchange.intervened() {
        "INTERVENED"
    } else {
        "NONE"
    }
}

fn is_titan(model: &Model) -> bool {
    model.id.starts_with("amazon.titan-")
}

/// Bodies that went through a guardrail and were changed are written anew by the service: Titan's counts are
/// floating-point numbers then, Nova's message begins with its role, and its usage has only its input tokens (recorded).
fn recast(body: &mut Value, exchange: &Exchange, model: &Model) {
    if !exchange.intervened() {
        return;
    }
    if is_titan(model) {
        counts_as_floats(body);
    } else if model.id.starts_with("amazon.nova-") {
        if let Some(Value::Object(usage)) = body.get_mut("usage") {
            usage.retain(|name, _| name == "inputTokens");
        }
        if let Some(Value::Object(message)) = body.pointer_mut("/output/message") {
            first(message, "role");
        }
    }
}

/// Puts a member before the others.
fn first(members: &mut Map<String, Value>, name: &str) {
    if let Some(value) = members.shift_remove(name) {
        members.shift_insert(0, name.to_owned(), value);
    }
}

fn counts_as_floats(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(float) = number.as_f64().and_then(serde_json::Number::from_f64) {
                *number = float;
            }
        }
        Value::Object(members) => members
            .iter_mut()
            .filter(|(name, _)| *name != METRICS)
            .for_each(|(_, value)| counts_as_floats(value)),
        Value::Array(items) => items.iter_mut().for_each(counts_as_floats),
        _ => {}
    }
}

/// Gives a body, or the chunks of a stream, that say a guardrail's message the shape that they have then.
///
/// Recorded: Claude's id is the guardrail's, and its usage has no cache; Llama's body is the text alone; Titan's stream
/// is one chunk that tells no reason. None tells metrics.
pub(crate) fn blocked_shape(body: &mut Value, model: &Model, seed: u64) {
    let Value::Object(members) = body else {
        return;
    };
    members.shift_remove(METRICS);
    if model.id.starts_with("anthropic.") {
        claude(members, seed);
        if let Some(Value::Object(message)) = members.get_mut("message") {
            claude(message, seed);
        }
    } else if model.id.starts_with("meta.") {
        members.retain(|name, _| name == "generation");
    } else if is_titan(model) && members.contains_key("index") {
        members.shift_remove("completionReason");
    }
}

fn claude(message: &mut Map<String, Value>, seed: u64) {
    if let Some(id) = message.get_mut("id") {
        *id = json!(format!("bedrock-guardrails-{:08x}", seed & 0xffff_ffff));
        message.shift_remove("stop_details");
        // Recorded of the message that begins a stream.
        if let Some(model) = message.shift_remove("model") {
            let content = message.keys().position(|name| name == "content");
            let after = content.map_or(message.len(), |content| content + 1);
            message.shift_insert(after, "model".to_owned(), model);
        }
    }
    if let Some(Value::Object(usage)) = message.get_mut("usage") {
        usage.retain(|name, _| name == "input_tokens" || name == "output_tokens");
        usage.values_mut().for_each(|count| *count = json!(0));
    }
}

impl Exchange {
    /// `amazon-bedrock-trace`: what Converse tells, under other names.
    fn native_trace(&self) -> Option<Value> {
        if self.trace == TraceLevel::Disabled {
            return None;
        }
        let ids = || self.guards.iter().map(|own| own.ready.id.clone());
        let mut guardrail = Map::new();
        if !self.model_output.is_empty() {
            guardrail.insert("modelOutput".into(), json!(self.model_output));
        }
        let input = ids().zip(self.input.iter().map(native));
        guardrail.insert("input".into(), input.collect());
        let texts = self.outputs.iter().map(Vec::len).max().unwrap_or_default();
        let outputs = (0..texts).map(|text| {
            let assessments = self.outputs.iter().map(|own| own.get(text).map(native));
            let told = ids().zip(assessments);
            told.filter_map(|(id, own)| Some((id, own?)))
                .collect::<Value>()
        });
        let outputs: Vec<_> = outputs.collect();
        if !outputs.is_empty() {
            guardrail.insert("outputs".into(), json!(outputs));
        }
        guardrail.insert("actionReason".into(), json!(self.action_reason()));
        Some(json!({ "guardrail": guardrail }))
    }
}
