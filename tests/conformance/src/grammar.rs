//! Rules that hold for every answer, whatever was said: the order of events, frame headers, stop reasons.

use serde_json::Value;

use crate::{answer::Answer, answer::Frame, part::provider_event, recording::Exchange};

/// Breaches of the rules for an operation's answers.
#[must_use]
pub fn breaches(exchange: &Exchange, answer: &Answer) -> Vec<String> {
    match exchange.operation.as_str() {
        "Converse" => answer
            .json()
            .map_or_else(|error| vec![error], |body| converse(&body)),
        "ConverseStream" | "InvokeModelWithResponseStream" => match answer.frames() {
            Ok(frames) => stream(exchange, &frames),
            Err(error) => vec![error],
        },
        _ => Vec::new(),
    }
}

/// The stop reason tells of tool calls, and reasoning precedes what it leads to.
fn converse(body: &Value) -> Vec<String> {
    let content = body
        .pointer("/output/message/content")
        .and_then(Value::as_array);
    let content = content.map(Vec::as_slice).unwrap_or_default();
    let calls = content.iter().filter_map(|block| block.get("toolUse"));
    let calls =
        calls.filter(|call| call.get("type").and_then(Value::as_str) != Some("server_tool_use"));
    let mut found = Vec::new();
    let reason = body
        .get("stopReason")
        .and_then(Value::as_str)
        .unwrap_or_default();
    // A call may also be cut.
    let right = match calls.count() {
        0 => reason != "tool_use",
        _ => ["tool_use", "max_tokens"].contains(&reason),
    };
    if !right {
        found.push(format!(
            "stopReason {reason} does not go with the toolUse blocks"
        ));
    }
    let call = content
        .iter()
        .position(|block| block.get("toolUse").is_some());
    let reasoning = content
        .iter()
        .rposition(|block| block.get("reasoningContent").is_some());
    if let (Some(call), Some(reasoning)) = (call, reasoning)
        && call < reasoning
    {
        found.push("reasoning after a tool call".to_owned());
    }
    found
}

fn stream(exchange: &Exchange, frames: &[Frame]) -> Vec<String> {
    let mut found: Vec<_> = frames.iter().filter_map(frame_headers).collect();
    found.dedup();
    let events: Vec<(String, Value)> = match exchange.operation.as_str() {
        "ConverseStream" => frames
            .iter()
            .map(|frame| (frame.name().to_owned(), frame.payload.clone()))
            .collect(),
        _ if exchange.family() == "anthropic" => match frames.iter().map(anthropic_event).collect()
        {
            Ok(events) => events,
            Err(error) => return vec![error],
        },
        _ => {
            found.extend(
                frames
                    .iter()
                    .filter(|frame| frame.name() != "chunk")
                    .map(|frame| format!("frame {}", frame.name())),
            );
            return found;
        }
    };
    // Text completions are plain pieces without an order of events.
    if frames.iter().any(Frame::is_exception) || events.iter().any(|(name, _)| name.is_empty()) {
        return found;
    }
    found.extend(order(
        &events,
        if exchange.operation == "ConverseStream" {
            &CONVERSE
        } else {
            &ANTHROPIC
        },
    ));
    found
}

fn anthropic_event(frame: &Frame) -> Result<(String, Value), String> {
    let event = provider_event(frame)?;
    let name = event
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let name = if name == "completion" { "" } else { name };
    Ok((name.to_owned(), event))
}

/// The words of one dialect for the same order of events.
struct Words {
    start: &'static str,
    block_start: &'static str,
    delta: &'static str,
    block_stop: &'static str,
    end: [&'static str; 2],
    index: &'static str,
    /// Whether blocks of text start with an event of their own.
    text_starts: bool,
}

const CONVERSE: Words = Words {
    start: "messageStart",
    block_start: "contentBlockStart",
    delta: "contentBlockDelta",
    block_stop: "contentBlockStop",
    end: ["messageStop", "metadata"],
    index: "contentBlockIndex",
    text_starts: false,
};

const ANTHROPIC: Words = Words {
    start: "message_start",
    block_start: "content_block_start",
    delta: "content_block_delta",
    block_stop: "content_block_stop",
    end: ["message_delta", "message_stop"],
    index: "index",
    text_starts: true,
};

/// Start, then block after block with rising indexes, then the two closing events.
fn order(events: &[(String, Value)], words: &Words) -> Vec<String> {
    let mut found = Vec::new();
    let names: Vec<_> = events.iter().map(|(name, _)| name.as_str()).collect();
    let [first, blocks @ .., last, end] = names.as_slice() else {
        return vec![format!("only {names:?}")];
    };
    if *first != words.start {
        found.push(format!("starts with {first}"));
    }
    if [*last, *end] != words.end {
        found.push(format!("ends with {last}, {end}"));
    }
    if blocks.is_empty() {
        found.push("no content block".to_owned());
    }
    let events = &events[1..events.len() - 2];
    let mut block: Option<u64> = None;
    let mut next = 0;
    for (name, payload) in events {
        let index = payload.get(words.index).and_then(Value::as_u64);
        let starts = name == words.block_start;
        match block {
            None if starts || (name == words.delta && may_start(payload, words)) => block = index,
            Some(_) if name == words.delta => {}
            Some(_) if name == words.block_stop => block = None,
            _ => found.push(format!("{name} out of place")),
        }
        if index != Some(next) {
            found.push(format!("{name} of block {index:?} where {next} is open"));
        }
        if name == words.block_stop {
            next += 1;
        }
    }
    if block.is_some() {
        found.push("a content block does not stop".to_owned());
    }
    found
}

/// Whether a block may begin with this delta.
fn may_start(payload: &Value, words: &Words) -> bool {
    let tool = payload
        .pointer("/delta/toolUse")
        .or_else(|| payload.pointer("/delta/toolResult"));
    !words.text_starts && tool.is_none()
}

/// Frame headers come in one order.
fn frame_headers(frame: &Frame) -> Option<String> {
    let names: Vec<_> = frame
        .headers
        .iter()
        .map(|(name, _)| name.as_str())
        .collect();
    let kind = if frame.is_exception() {
        ":exception-type"
    } else {
        ":event-type"
    };
    (names != [kind, ":content-type", ":message-type"]).then(|| format!("frame headers {names:?}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn events(names: &[(&str, Value)]) -> Vec<String> {
        let events: Vec<_> = names
            .iter()
            .map(|(name, payload)| ((*name).to_owned(), payload.clone()))
            .collect();
        order(&events, &CONVERSE)
    }

    fn text(index: u64) -> (&'static str, Value) {
        (
            "contentBlockDelta",
            json!({"contentBlockIndex": index, "delta": {"text": "a"}}),
        )
    }

    fn call(index: u64) -> (&'static str, Value) {
        (
            "contentBlockDelta",
            json!({"contentBlockIndex": index, "delta": {"toolUse": {"input": "{}"}}}),
        )
    }

    fn at(name: &'static str, index: u64) -> (&'static str, Value) {
        (name, json!({"contentBlockIndex": index}))
    }

    fn around(blocks: &[(&'static str, Value)]) -> Vec<String> {
        let start = [("messageStart", json!({}))];
        let end = [("messageStop", json!({})), ("metadata", json!({}))];
        events(&[&start[..], blocks, &end[..]].concat())
    }

    #[test]
    fn text_and_tool_blocks_in_order_are_right() {
        let stop = at("contentBlockStop", 0);
        let tool = [
            at("contentBlockStart", 1),
            call(1),
            at("contentBlockStop", 1),
        ];
        assert_eq!(
            around(&[&[text(0), text(0), stop][..], &tool].concat()),
            [""; 0]
        );
    }

    #[test]
    fn a_tool_block_needs_its_start() {
        let found = around(&[call(0), at("contentBlockStop", 0)]);
        assert!(
            found.contains(&"contentBlockDelta out of place".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn blocks_do_not_overlap_and_count_from_zero() {
        let found = around(&[text(0), text(1), at("contentBlockStop", 0)]);
        assert_eq!(
            found,
            ["contentBlockDelta of block Some(1) where 0 is open"]
        );
        assert!(!around(&[text(1), at("contentBlockStop", 1)]).is_empty());
        assert_eq!(around(&[text(0)]), ["a content block does not stop"]);
    }

    #[test]
    fn both_ends_are_fixed() {
        let found = events(&[
            ("contentBlockStop", json!({})),
            ("metadata", json!({})),
            ("messageStop", json!({})),
        ]);
        assert_eq!(
            found,
            [
                "starts with contentBlockStop",
                "ends with metadata, messageStop",
                "no content block"
            ]
        );
    }

    #[test]
    fn the_stop_reason_tells_of_tool_calls() {
        let body = |reason: &str| json!({"stopReason": reason, "output": {"message": {"content": [{"toolUse": {}}]}}});
        assert!(converse(&body("tool_use")).is_empty());
        assert_eq!(converse(&body("end_turn")).len(), 1);
    }
}
