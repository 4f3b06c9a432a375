//! Parts of Anthropic answers under `InvokeModel`: the message, its blocks and its stream events.

use serde_json::Value;

use super::{Features, Part, hollow, take_elements};

/// The message without its content, and one part per block. The older text completions are one body.
pub(super) fn parts(mut body: Value, features: Features) -> Vec<Part> {
    let content = take_elements(&mut body, "/content");
    without_stop_sequence(&mut body);
    let mut parts = vec![Part::required("body", &body)];
    parts.extend(content.into_iter().map(|mut block| {
        hollow(&mut block, "/input");
        let kind = kind(&block).to_owned();
        Part::required(format!("content.{kind}"), &block)
            .optional_if(chosen_by_model(&kind, features))
    }));
    parts
}

/// A stream event, named after its type and what it carries.
pub(super) fn event(mut event: Value, features: Features) -> Part {
    without_stop_sequence(&mut event);
    let inner = event.get("content_block").or_else(|| event.get("delta"));
    let inner = inner.map_or("", kind).to_owned();
    let name = match (kind(&event), inner.as_str()) {
        ("", _) => "completion".to_owned(),
        (outer, "") => outer.to_owned(),
        (outer, inner) => format!("{outer}.{inner}"),
    };
    let optional = !inner.is_empty() && chosen_by_model(&inner, features);
    Part::required(name, &event).optional_if(optional)
}

fn kind(value: &Value) -> &str {
    value
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn chosen_by_model(kind: &str, features: Features) -> bool {
    match kind {
        "tool_use" | "input_json_delta" => !features.forced_tool,
        "thinking" | "thinking_delta" | "signature_delta" | "redacted_thinking" => false,
        _ => true,
    }
}

/// Null unless the model hit one.
fn without_stop_sequence(value: &mut Value) {
    for parent in ["", "/delta"] {
        let found = value
            .pointer_mut(parent)
            .and_then(|parent| parent.get_mut("stop_sequence"));
        if let Some(found @ Value::String(_)) = found {
            *found = Value::Null;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_message_is_its_envelope_and_its_blocks() {
        let body = json!({"type": "message", "stop_sequence": "END", "content": [
            {"type": "text", "text": "a"}, {"type": "tool_use", "id": "i", "name": "n", "input": {"a": 1}}]});
        let parts = parts(body, Features::default());
        let names: Vec<_> = parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(names, ["body", "content.text", "content.tool_use"]);
        let plain = json!({"type": "message", "stop_sequence": null, "content": [{}]});
        assert_eq!(parts[0], Part::required("body", &plain));
    }

    #[test]
    fn events_are_named_by_type() {
        let name = |value| event(value, Features::default()).name;
        assert_eq!(name(json!({"type": "message_stop"})), "message_stop");
        let delta =
            json!({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta"}});
        assert_eq!(name(delta), "content_block_delta.text_delta");
        assert_eq!(name(json!({"completion": "a"})), "completion");
    }
}
