//! Answers taken apart: the unit of comparison is a part with a name.

mod anthropic;
mod body;
mod converse;
mod converse_stream;
mod invoke_stream;
mod models;

use serde_json::{Map, Value};

pub(crate) use self::invoke_stream::provider_event;

use crate::{answer::Answer, guardrail, recording::Exchange, skeleton::Skeleton};

/// A part of an answer: the body, a content block, an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is: `body`, `content.toolUse`, `messageStart`.
    pub name: String,
    /// Its normalised skeleton.
    pub skeleton: Skeleton,
    /// Whether the model decides if there is one.
    pub optional: bool,
}

/// What a request asks for that changes the members of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked for by itself")]
pub struct Features {
    /// It has cache points.
    pub cache: bool,
    /// It asks for reasoning.
    pub reasoning: bool,
    /// It forces a tool call.
    pub forced_tool: bool,
    /// A guardrail takes part.
    pub guardrail: bool,
}

impl Features {
    /// Reads them off a request body of any dialect.
    #[must_use]
    pub fn of(exchange: &Exchange) -> Self {
        let guardrail = guardrail::takes_part(exchange);
        let Ok(body) = serde_json::from_slice::<Value>(&exchange.request.body) else {
            return Self {
                guardrail,
                ..Self::default()
            };
        };
        let any = |names: &[&str]| names.iter().any(|name| has_member(&body, name));
        let choice = body.pointer("/toolConfig/toolChoice");
        let forced =
            choice.is_some_and(|choice| choice.get("any").or_else(|| choice.get("tool")).is_some());
        let native = body.pointer("/tool_choice/type").and_then(Value::as_str);
        Self {
            cache: any(&["cachePoint", "cache_control"]),
            reasoning: any(&[
                "thinking",
                "reasoningConfig",
                "reasoning_config",
                "reasoning_effort",
            ]),
            forced_tool: forced || matches!(native, Some("any" | "tool")),
            guardrail,
        }
    }
}

fn has_member(value: &Value, wanted: &str) -> bool {
    match value {
        Value::Object(members) => members
            .iter()
            .any(|(name, inner)| name == wanted || has_member(inner, wanted)),
        Value::Array(elements) => elements.iter().any(|element| has_member(element, wanted)),
        _ => false,
    }
}

/// Takes a successful answer to an exchange's request apart.
pub fn take_apart(exchange: &Exchange, answer: &Answer) -> Result<Vec<Part>, String> {
    let features = Features::of(exchange);
    let mut parts = match exchange.operation.as_str() {
        "ConverseStream" => converse_stream::parts(&answer.frames()?, features),
        // Without `stream` in the body some models answer a streaming call at once.
        "InvokeModelWithResponseStream" => {
            invoke_stream::parts(&answer.frames()?, exchange.family(), features)?
        }
        "Converse" => converse::parts(answer.json()?, features),
        "InvokeModel" if exchange.family() == "anthropic" => {
            anthropic::parts(answer.json()?, features)
        }
        "InvokeModel" => body::parts(answer.json()?, features),
        "ListFoundationModels" => models::parts(&answer.json()?),
        _ => vec![Part::required("body", &answer.json()?)],
    };
    let mut seen = Vec::new();
    parts.retain(|part| {
        let new = !seen.contains(part);
        seen.push(part.clone());
        new
    });
    Ok(parts)
}

impl Part {
    fn required(name: impl Into<String>, value: &Value) -> Self {
        let mut value = value.clone();
        guardrail::hide_ids(&mut value);
        Self {
            name: name.into(),
            skeleton: Skeleton::of(&value),
            optional: false,
        }
    }

    fn optional_if(mut self, optional: bool) -> Self {
        self.optional = optional;
        self
    }
}

/// Takes the elements of a list out, and leaves whether there were any.
fn take_elements(value: &mut Value, pointer: &str) -> Vec<Value> {
    let Some(Value::Array(elements)) = value.pointer_mut(pointer) else {
        return Vec::new();
    };
    let left = elements
        .iter()
        .take(1)
        .map(|_| Value::Object(Map::new()))
        .collect();
    std::mem::replace(elements, left)
}

/// Takes the value at a pointer out of its parent object.
fn take(value: &mut Value, parent: &str, name: &str) -> Option<Value> {
    value
        .pointer_mut(parent)?
        .as_object_mut()?
        .shift_remove(name)
}

/// Empties an object whose members are the caller's own; another type stays and shows as a difference.
fn hollow(value: &mut Value, pointer: &str) {
    if let Some(Value::Object(members)) = value.pointer_mut(pointer) {
        members.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::exchange;

    fn features(body: &str) -> Features {
        Features::of(&exchange("Converse", body, "{}"))
    }

    #[test]
    fn features_are_found_in_both_dialects() {
        assert!(features(r#"{"system":[{"cachePoint":{"type":"default"}}]}"#).cache);
        assert!(features(r#"{"system":[{"cache_control":{}}]}"#).cache);
        assert!(features(r#"{"additionalModelRequestFields":{"thinking":{}}}"#).reasoning);
        assert!(features(r#"{"toolConfig":{"toolChoice":{"any":{}}}}"#).forced_tool);
        assert!(features(r#"{"tool_choice":{"type":"tool"}}"#).forced_tool);
        assert!(!features(r#"{"toolConfig":{"toolChoice":{"auto":{}}}}"#).forced_tool);
        assert_eq!(features("not JSON"), Features::default());
    }

    #[test]
    fn equal_parts_are_kept_once() {
        let body = r#"{"output":{"message":{"content":[{"text":"a"},{"text":"b"}]}}}"#;
        let exchange = exchange("Converse", "{}", body);
        let parts = take_apart(&exchange, &exchange.answer).expect("JSON");
        let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["body", "content.text"]);
    }
}
