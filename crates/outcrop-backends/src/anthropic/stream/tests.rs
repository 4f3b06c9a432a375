use bedrock_runtime_smithy::model::{ContentBlockDelta, ReasoningContentBlockDelta as Reasoning};
use serde_json::json;

use super::*;

/// Generated types keep reasoning to themselves.
fn line(event: &StreamEvent) -> String {
    let StreamEvent::ContentBlockDelta(told) = event else {
        return format!("{event:?}");
    };
    let place = told.content_block_index.unwrap();
    match told.delta.as_ref().unwrap() {
        ContentBlockDelta::ReasoningContent(Reasoning::Text(text)) => {
            format!("{place} reasoning {text:?}")
        }
        ContentBlockDelta::ReasoningContent(Reasoning::Signature(signature)) => {
            format!("{place} signature {signature:?}")
        }
        ContentBlockDelta::ReasoningContent(Reasoning::RedactedContent(data)) => {
            let data = String::from_utf8_lossy(data.as_ref());
            format!("{place} redacted {data:?}")
        }
        other => format!("{place} {other:?}"),
    }
}

/// The events of an answer, one line each, and whether it ended.
fn told(events: &[Value], expectations: Expectations) -> Vec<String> {
    let mut stream = MessageStream::new(expectations);
    let mut lines = Vec::new();
    let mut ended = false;
    for event in events {
        ended = stream.feed(event.to_string().as_bytes()).unwrap() == Progress::Done;
        while let Some(event) = stream.pop() {
            lines.push(line(&event));
        }
    }
    stream.finish(ended, 7).unwrap();
    while let Some(event) = stream.pop() {
        lines.push(line(&event));
    }
    lines
}

fn golden(events: &[Value]) -> String {
    told(events, Expectations::default()).join("\n")
}

fn start() -> Value {
    json!({"type": "message_start", "message": {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude", "content": [], "stop_reason": null,
        "usage": {"input_tokens": 12, "cache_creation_input_tokens": 5, "cache_read_input_tokens": 100,
            "cache_creation": {"ephemeral_5m_input_tokens": 5, "ephemeral_1h_input_tokens": 0}, "output_tokens": 1}}})
}

fn open(index: u64, block: &Value) -> Value {
    json!({"type": "content_block_start", "index": index, "content_block": block})
}

fn delta(index: u64, delta: &Value) -> Value {
    json!({"type": "content_block_delta", "index": index, "delta": delta})
}

fn close(index: u64) -> Value {
    json!({"type": "content_block_stop", "index": index})
}

fn end(reason: &str) -> [Value; 2] {
    [
        json!({"type": "message_delta", "delta": {"stop_reason": reason, "stop_sequence": null}, "usage": {"output_tokens": 9}}),
        json!({"type": "message_stop"}),
    ]
}

/// A whole stream with every kind of block.
fn everything() -> Vec<Value> {
    let text = json!({"type": "text", "text": ""});
    let cited = json!({"type": "char_location", "cited_text": "é", "document_index": 0, "document_title": "d",
        "start_char_index": 0, "end_char_index": 1});
    let mut events = vec![
        start(),
        json!({"type": "ping"}),
        open(
            0,
            &json!({"type": "thinking", "thinking": "", "signature": ""}),
        ),
        delta(0, &json!({"type": "thinking_delta", "thinking": "So…"})),
        delta(0, &json!({"type": "signature_delta", "signature": "c2ln"})),
        close(0),
        open(1, &json!({"type": "redacted_thinking", "data": "b64=="})),
        close(1),
        open(2, &text),
        delta(2, &json!({"type": "citations_delta", "citation": cited})),
        delta(2, &json!({"type": "text_delta", "text": "é🎂"})),
        close(2),
        open(
            3,
            &json!({"type": "server_tool_use", "id": "srvtoolu_1", "name": "web_search", "input": {}}),
        ),
        delta(
            3,
            &json!({"type": "input_json_delta", "partial_json": "{\"query\":\"a\"}"}),
        ),
        close(3),
        open(
            4,
            &json!({"type": "web_search_tool_result", "tool_use_id": "srvtoolu_1", "content": [{"url": "http://a"}]}),
        ),
        close(4),
        open(
            5,
            &json!({"type": "tool_use", "id": "toolu_1", "name": "f", "input": {}}),
        ),
        delta(5, &json!({"type": "input_json_delta", "partial_json": ""})),
        delta(
            5,
            &json!({"type": "input_json_delta", "partial_json": "{\"x\": "}),
        ),
        delta(
            5,
            &json!({"type": "input_json_delta", "partial_json": "1}"}),
        ),
        close(5),
        json!({"type": "later_kind", "anything": 1}),
    ];
    events.extend(end("tool_use"));
    events
}

#[test]
fn every_kind_of_block() {
    insta::assert_snapshot!(golden(&everything()));
}

#[test]
fn a_whole_message() {
    let message = json!({
        "id": "msg_1", "type": "message", "role": "assistant",
        "content": [
            {"type": "thinking", "thinking": "So…", "signature": "c2ln"},
            {"type": "text", "text": "Yes."},
            {"type": "tool_use", "id": "toolu_1", "name": "f", "input": {"x": 1}},
        ],
        "stop_reason": "tool_use", "usage": {"input_tokens": 3, "output_tokens": 4},
    });
    insta::assert_snapshot!(golden(&[message]));
}

#[test]
fn stop_reasons_are_those_of_converse() {
    for (told, expected) in [
        ("end_turn", StopReason::EndTurn),
        ("pause_turn", StopReason::EndTurn),
        ("max_tokens", StopReason::MaxTokens),
        ("stop_sequence", StopReason::StopSequence),
        ("tool_use", StopReason::ToolUse),
        ("refusal", StopReason::ContentFiltered),
        (
            "model_context_window_exceeded",
            StopReason::ModelContextWindowExceeded,
        ),
    ] {
        let mut stream = MessageStream::new(Expectations::default());
        for event in end(told) {
            stream.feed(event.to_string().as_bytes()).unwrap();
        }
        assert_eq!(stream.reason(), expected, "{told}");
    }
}

#[test]
fn fields_that_are_asked_for_are_told() {
    let expectations = Expectations {
        field_paths: ["/stop_sequence", "/delta/stop_reason", "/model", "/none"]
            .map(str::to_owned)
            .to_vec(),
        ..Expectations::default()
    };
    let mut events = vec![start(), open(0, &json!({"type": "text", "text": "A"}))];
    events.extend(end("end_turn"));
    let mut stream = MessageStream::new(expectations);
    for event in &events {
        stream.feed(event.to_string().as_bytes()).unwrap();
    }
    stream.finish(true, 0).unwrap();
    let fields = std::iter::from_fn(|| stream.pop()).find_map(|event| match event {
        StreamEvent::MessageStop(stop) => stop.additional_model_response_fields,
        _ => None,
    });
    assert_eq!(
        document::to_value(&fields.unwrap()),
        json!({"delta": {"stop_reason": "end_turn"}, "model": "claude", "stop_sequence": null})
    );
}

#[test]
fn blocks_without_a_start_begin_with_their_first_delta() {
    let events = [
        delta(0, &json!({"type": "thinking_delta", "thinking": "So"})),
        delta(1, &json!({"type": "text_delta", "text": "A"})),
        delta(1, &json!({"type": "text_delta", "text": "B"})),
        json!({"type": "message_stop"}),
    ];
    let lines = told(&events, Expectations::default());
    let stops = lines
        .iter()
        .filter(|line| line.starts_with("ContentBlockStop"));
    assert_eq!(stops.count(), 2, "{lines:#?}");
}

#[test]
fn errors_are_reported_with_their_status() {
    for (kind, status) in [
        ("overloaded_error", 529),
        ("rate_limit_error", 429),
        ("invalid_request_error", 400),
        ("authentication_error", 401),
        ("permission_error", 403),
        ("not_found_error", 404),
        ("request_too_large", 413),
        ("timeout_error", 504),
        ("api_error", 500),
    ] {
        let error = json!({"type": "error", "error": {"type": kind, "message": "m"}});
        let fault = MessageStream::new(Expectations::default()).feed(error.to_string().as_bytes());
        let expected = Fault::Reported {
            status: Some(status),
            reason: "m".to_owned(),
        };
        assert_eq!(fault, Err(expected), "{kind}");
    }
}

#[test]
fn nothing_is_told_before_the_model_speaks() {
    let mut stream = MessageStream::new(Expectations::default());
    stream.feed(start().to_string().as_bytes()).unwrap();
    stream.feed(br#"{"type":"ping"}"#).unwrap();
    assert!(!stream.has_events());
    assert_eq!(stream.finish(true, 0), Err(Fault::Incomplete));
}

#[test]
fn what_is_no_event_is_malformed() {
    for data in ["x", "[]", "{", "{}", r#"{"choices":[]}"#, r#"{"type":1}"#] {
        let fault = MessageStream::new(Expectations::default()).feed(data.as_bytes());
        assert!(
            matches!(fault, Err(Fault::Malformed(_))),
            "{data}: {fault:?}"
        );
    }
}
