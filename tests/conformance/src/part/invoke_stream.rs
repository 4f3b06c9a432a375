//! Parts of an `InvokeModelWithResponseStream` answer: the frame, and what its bytes hold.

use serde_json::Value;

use super::{Features, Part, anthropic};
use crate::answer::Frame;

/// One part for the frames and one per kind of provider event.
pub(super) fn parts(
    frames: &[Frame],
    family: &str,
    features: Features,
) -> Result<Vec<Part>, String> {
    let last = frames.len().saturating_sub(1);
    let mut parts = Vec::new();
    for (index, frame) in frames.iter().enumerate() {
        if frame.is_exception() {
            parts.push(Part::required(
                format!("exception {}", frame.name()),
                &frame.payload,
            ));
            continue;
        }
        parts.push(Part::required("frame", &frame.payload));
        let event = provider_event(frame)?;
        parts.push(match family {
            "anthropic" => anthropic::event(event, features),
            _ => other(event, index, last),
        });
    }
    Ok(parts)
}

/// The provider's own JSON inside a chunk.
pub(crate) fn provider_event(frame: &Frame) -> Result<Value, String> {
    let bytes = frame.payload.get("bytes").and_then(Value::as_str);
    let bytes = bytes.ok_or_else(|| "chunk without bytes".to_owned())?;
    let bytes = aws_smithy_types::base64::decode(bytes).map_err(|error| error.to_string())?;
    serde_json::from_slice(&bytes).map_err(|error| format!("bytes are not JSON: {error}"))
}

/// Nova names its events; of the others it is known that the last is special. The first one counts the prompt, and the ones
/// between have null there, so that is no difference.
fn other(mut event: Value, index: usize, last: usize) -> Part {
    const NOVA: [&str; 6] = [
        "messageStart",
        "contentBlockStart",
        "contentBlockDelta",
        "contentBlockStop",
        "messageStop",
        "metadata",
    ];
    if index != last
        && let Value::Object(members) = &mut event
    {
        // The service looks at more text before it lets any pass, so that it marks more of it.
        members.shift_remove("amazon-bedrock-guardrailAction");
    }
    let first = event.as_object().and_then(|members| members.keys().next());
    if let Some(name) = first.filter(|name| NOVA.contains(&name.as_str())) {
        let optional = name == "contentBlockStart";
        return Part::required(name.clone(), &event).optional_if(optional);
    }
    if index == last {
        Part::required("last event", &event)
    } else {
        for count in ["prompt_token_count", "inputTextTokenCount"] {
            if let Some(value @ Value::Number(_)) = event.get_mut(count) {
                *value = Value::Null;
            }
        }
        Part::required("event", &event).optional_if(true)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn chunk(event: &str) -> Frame {
        Frame {
            headers: vec![(":event-type".to_owned(), "chunk".to_owned())],
            payload: json!({"bytes": aws_smithy_types::base64::encode(event), "p": "abc"}),
        }
    }

    fn names(events: &[&str], family: &str) -> Vec<String> {
        let frames: Vec<_> = events.iter().map(|event| chunk(event)).collect();
        let parts = parts(&frames, family, Features::default()).expect("chunks");
        let names = parts
            .into_iter()
            .map(|part| part.name)
            .filter(|name| name != "frame");
        names.collect()
    }

    #[test]
    fn events_are_named_in_the_words_of_their_family() {
        assert_eq!(
            names(&[r#"{"type":"message_stop"}"#], "anthropic"),
            ["message_stop"]
        );
        assert_eq!(
            names(&[r#"{"messageStart":{}}"#], "amazon"),
            ["messageStart"]
        );
        assert_eq!(
            names(&["{}", "{}", "{}"], "meta"),
            ["event", "event", "last event"]
        );
    }

    #[test]
    fn bytes_that_are_not_json_are_an_error() {
        let error = parts(&[chunk("data: x")], "meta", Features::default()).expect_err("not JSON");
        assert!(error.contains("not JSON"), "{error}");
    }
}
