//! Parts of a `ConverseStream` answer: one per kind of event, deltas and starts by what they carry.

use serde_json::Value;

use super::{Features, Part, converse::chosen_by_model, take};
use crate::answer::Frame;

/// One part per frame.
pub(super) fn parts(frames: &[Frame], features: Features) -> Vec<Part> {
    frames.iter().map(|frame| part(frame, features)).collect()
}

fn part(frame: &Frame, features: Features) -> Part {
    let mut payload = frame.payload.clone();
    if frame.is_exception() {
        return Part::required(format!("exception {}", frame.name()), &payload);
    }
    if features.cache {
        take(&mut payload, "/usage", "cacheDetails");
    }
    let carried = carried(&payload);
    let name = [&[frame.name()][..], &carried].concat().join(".");
    let optional = carried
        .first()
        .is_some_and(|kind| chosen_by_model(kind, features));
    Part::required(name, &payload).optional_if(optional)
}

/// The kind of block that a start or delta is about; of reasoning also what of it.
fn carried(payload: &Value) -> Vec<&str> {
    let union = payload.get("delta").or_else(|| payload.get("start"));
    let Some((kind, value)) = union.and_then(first_member) else {
        return Vec::new();
    };
    if kind == "reasoningContent"
        && let Some((what, _)) = first_member(value)
    {
        return vec![kind, what];
    }
    if value.get("type").and_then(Value::as_str) == Some("server_tool_use") {
        return vec!["serverToolUse"];
    }
    vec![kind]
}

fn first_member(value: &Value) -> Option<(&str, &Value)> {
    let (name, value) = value.as_object()?.iter().next()?;
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn name(event: &str, payload: Value) -> (String, bool) {
        let headers = vec![(":event-type".to_owned(), event.to_owned())];
        let part = part(&Frame { headers, payload }, Features::default());
        (part.name, part.optional)
    }

    #[test]
    fn events_are_named_after_what_they_carry() {
        let text = name(
            "contentBlockDelta",
            json!({"contentBlockIndex": 0, "delta": {"text": "a"}}),
        );
        assert_eq!(text, ("contentBlockDelta.text".to_owned(), true));
        let signature = json!({"delta": {"reasoningContent": {"signature": "a"}}});
        let signature = name("contentBlockDelta", signature);
        assert_eq!(
            signature,
            (
                "contentBlockDelta.reasoningContent.signature".to_owned(),
                false
            )
        );
        let start = name("contentBlockStart", json!({"start": {"toolUse": {}}}));
        assert_eq!(start, ("contentBlockStart.toolUse".to_owned(), true));
        let server = name(
            "contentBlockStart",
            json!({"start": {"toolUse": {"type": "server_tool_use"}}}),
        );
        assert_eq!(server.0, "contentBlockStart.serverToolUse");
        let stop = name("messageStop", json!({"stopReason": "end_turn"}));
        assert_eq!(stop, ("messageStop".to_owned(), false));
    }
}
