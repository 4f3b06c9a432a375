use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ContentBlockStart, ReasoningContentBlockDelta,
};
use outcrop_engine::document;
use serde_json::json;

use super::*;

/// One line for each event.
fn line(event: &StreamEvent) -> String {
    match event {
        StreamEvent::MessageStart(_) => "begin".to_owned(),
        StreamEvent::ContentBlockStart(event) => {
            let Some(ContentBlockStart::ToolUse(call)) = &event.start else {
                panic!("{event:?}")
            };
            let (id, name) = (call.tool_use_id.as_ref(), call.name.as_ref());
            format!(
                "{} call {} {}",
                index(event.content_block_index),
                id.unwrap(),
                name.unwrap()
            )
        }
        StreamEvent::ContentBlockDelta(event) => {
            let place = index(event.content_block_index);
            match event.delta.as_ref().unwrap() {
                ContentBlockDelta::Text(text) => format!("{place} text {text:?}"),
                ContentBlockDelta::ToolUse(delta) => {
                    format!("{place} input {}", delta.input.as_ref().unwrap())
                }
                ContentBlockDelta::ReasoningContent(ReasoningContentBlockDelta::Text(text)) => {
                    format!("{place} reasoning {text:?}")
                }
                other => panic!("{other:?}"),
            }
        }
        StreamEvent::ContentBlockStop(event) => format!("{} end", index(event.content_block_index)),
        StreamEvent::MessageStop(event) => {
            let fields = event.additional_model_response_fields.as_ref();
            let fields = fields.map_or_else(String::new, |fields| {
                format!(" {}", document::to_value(fields))
            });
            format!("stop {}{fields}", event.stop_reason.unwrap().as_str())
        }
        StreamEvent::Metadata(event) => {
            let usage = event.usage.as_ref().unwrap();
            let (input, output) = (usage.input_tokens.unwrap(), usage.output_tokens.unwrap());
            format!("usage {input} {output}")
        }
    }
}

fn index(index: Option<i32>) -> i32 {
    index.unwrap()
}

fn expectations() -> Expectations {
    Expectations {
        input_bytes: 40,
        stop_sequences: vec!["END".to_owned()],
        field_paths: vec!["/stop_sequence".to_owned()],
        ..Expectations::default()
    }
}

/// The events of chunks, up to an end that the server announces.
fn told(chunks: &[Value]) -> Vec<String> {
    let mut stream = ChatStream::new(expectations());
    for chunk in chunks {
        stream.feed(chunk.to_string().as_bytes()).unwrap();
    }
    stream.finish(true, 7).unwrap();
    std::iter::from_fn(|| stream.pop())
        .map(|event| line(&event))
        .collect()
}

fn delta(delta: &Value) -> Value {
    json!({"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": null}], "usage": null})
}

fn stop(reason: &str) -> Value {
    json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
}

fn usage(input: u32, output: u32) -> Value {
    json!({"choices": [], "usage": {"prompt_tokens": input, "completion_tokens": output}})
}

fn call(call: &Value) -> Value {
    delta(&json!({"content": null, "tool_calls": [call]}))
}

#[test]
fn text_is_one_block() {
    let events = told(&[
        delta(&json!({"role": "assistant", "content": ""})),
        delta(&json!({"content": "Hel"})),
        delta(&json!({"content": "lo"})),
        stop("stop"),
        usage(9, 2),
    ]);
    assert_eq!(
        events,
        [
            "begin",
            "0 text \"Hel\"",
            "0 text \"lo\"",
            "0 end",
            "stop end_turn",
            "usage 9 2"
        ]
    );
}

#[test]
fn nothing_is_said_before_the_model_says_something() {
    let mut stream = ChatStream::new(expectations());
    for chunk in [
        delta(&json!({"role": "assistant", "content": ""})),
        delta(&json!({"content": null})),
        delta(&json!({"content": "\n\n"})),
        usage(9, 0),
    ] {
        stream.feed(chunk.to_string().as_bytes()).unwrap();
    }
    assert!(!stream.has_events());
    stream
        .feed(delta(&json!({"content": "A"})).to_string().as_bytes())
        .unwrap();
    assert_eq!(line(&stream.pop().unwrap()), "begin");
    assert_eq!(line(&stream.pop().unwrap()), "0 text \"\\n\\nA\"");
}

#[test]
fn reasoning_has_three_names_and_a_block_of_its_own() {
    let expected = [
        "begin",
        "0 reasoning \"so\"",
        "0 end",
        "1 text \"Yes\"",
        "1 end",
    ];
    let thinking = json!([{"type": "thinking", "thinking": [{"type": "text", "text": "so"}]}]);
    for reasoning in [
        json!({"reasoning_content": "so"}),
        json!({"reasoning_content": null, "reasoning": "so"}),
        json!({"content": "<think>so</think>\n\n"}),
        json!({"content": thinking}),
    ] {
        let events = told(&[
            delta(&reasoning),
            delta(&json!({"content": "Yes"})),
            stop("stop"),
        ]);
        assert_eq!(events[..5], expected, "{reasoning}");
    }
}

#[test]
fn a_call_comes_in_pieces() {
    let events = told(&[
        call(
            &json!({"index": 0, "id": "call_1", "type": "function", "function": {"name": "find", "arguments": ""}}),
        ),
        call(&json!({"index": 0, "function": {"arguments": "{\"x\""}})),
        call(&json!({"index": 0, "id": "", "function": {"name": null, "arguments": ":1}"}})),
        stop("tool_calls"),
    ]);
    assert_eq!(
        events[..6],
        [
            "begin",
            "0 call call_1 find",
            "0 input {\"x\"",
            "0 input :1}",
            "0 end",
            "stop tool_use"
        ]
    );
}

#[test]
fn calls_come_at_once_whatever_the_server_calls_their_end() {
    let whole =
        |index, id| json!({"index": index, "id": id, "function": {"name": "f", "arguments": "{}"}});
    // Some servers give every call the index 0.
    for second in [1, 0] {
        let calls = json!({"content": "Well.", "tool_calls": [whole(0, "a"), whole(second, "b")]});
        let events = told(&[delta(&calls), stop("stop")]);
        assert_eq!(
            events[1..9],
            [
                "0 text \"Well.\"",
                "0 end",
                "1 call a f",
                "1 input {}",
                "1 end",
                "2 call b f",
                "2 input {}",
                "2 end"
            ]
        );
        assert_eq!(events[9], "stop tool_use");
    }
}

#[test]
fn pieces_of_calls_that_alternate_become_one_call_after_the_other() {
    let piece =
        |index, arguments| call(&json!({"index": index, "function": {"arguments": arguments}}));
    let begin = |index, id| call(&json!({"index": index, "id": id, "function": {"name": id}}));
    let events = told(&[
        begin(0, "a"),
        begin(1, "b"),
        piece(1, "{\"y\":"),
        piece(0, "{\"x\":"),
        piece(1, "2}"),
        piece(0, "1}"),
        piece(1, " "),
        stop("tool_calls"),
    ]);
    assert_eq!(
        events[1..9],
        [
            "0 call a a",
            "0 input {\"x\":",
            "0 input 1}",
            "0 end",
            "1 call b b",
            "1 input {\"y\":2}",
            "1 input  ",
            "1 end"
        ]
    );
}

#[test]
fn a_second_call_is_streamed_once_the_first_is_complete() {
    let mut stream = ChatStream::new(expectations());
    for chunk in [
        call(&json!({"index": 0, "id": "a", "function": {"name": "f", "arguments": "{}"}})),
        call(&json!({"index": 1, "id": "b", "function": {"name": "g", "arguments": "{\"x"}})),
    ] {
        stream.feed(chunk.to_string().as_bytes()).unwrap();
    }
    let events: Vec<_> = std::iter::from_fn(|| stream.pop())
        .map(|event| line(&event))
        .collect();
    assert_eq!(events[4..], ["1 call b g", "1 input {\"x"]);
}

#[test]
fn calls_without_ids_get_some_and_input_may_be_json() {
    let calls = json!([
        {"function": {"name": "f", "arguments": {"x": 1}}},
        {"function": {"name": "g", "arguments": null}},
    ]);
    let events = told(&[delta(&json!({"tool_calls": calls})), stop("tool_calls")]);
    assert!(events[1].starts_with("0 call tooluse_"), "{events:?}");
    assert_eq!(events[2..4], ["0 input {\"x\":1}", "0 end"]);
    assert!(
        events[4].starts_with("1 call tooluse_") && events[4].ends_with(" g"),
        "{events:?}"
    );
    assert_eq!(events[5], "1 end");
}

#[test]
fn text_after_a_call_is_a_block_after_it() {
    let events = told(&[
        call(&json!({"index": 0, "id": "a", "function": {"name": "f", "arguments": "{"}})),
        delta(&json!({"content": "Hm"})),
        call(&json!({"index": 0, "function": {"arguments": "}"}})),
        delta(&json!({"content": "."})),
        stop("tool_calls"),
    ]);
    assert_eq!(events[4..7], ["0 end", "1 text \"Hm.\"", "1 end"]);
}

#[test]
fn stop_reasons_are_bedrocks() {
    for (reason, expected) in [
        ("stop", "stop end_turn"),
        ("eos_token", "stop end_turn"),
        ("length", "stop max_tokens"),
        ("content_filter", "stop content_filtered"),
    ] {
        let events = told(&[delta(&json!({"content": "A"})), stop(reason)]);
        assert_eq!(events[3], expected);
    }
}

#[test]
fn a_stop_sequence_that_the_server_names_is_told() {
    for name in ["stop_reason", "matched_stop"] {
        let mut end = stop("stop");
        end["choices"][0][name] = json!("END");
        let events = told(&[delta(&json!({"content": "A"})), end]);
        assert_eq!(events[3], "stop stop_sequence {\"stop_sequence\":\"END\"}");
    }
    // vLLM tells the token that ended an answer as well.
    let mut end = stop("stop");
    end["choices"][0]["stop_reason"] = json!(128_009);
    assert_eq!(
        told(&[delta(&json!({"content": "A"})), end])[3],
        "stop end_turn"
    );
}

#[test]
fn usage_is_found_wherever_it_is() {
    let counts = json!({"prompt_tokens": 9, "completion_tokens": 2});
    let mut at_stop = stop("stop");
    at_stop["usage"] = counts.clone();
    let mut in_choice = stop("stop");
    in_choice["choices"][0]["usage"] = counts.clone();
    let mut at_groq = stop("stop");
    at_groq["x_groq"] = json!({"id": "x", "usage": counts});
    let mut early = delta(&json!({"content": "B"}));
    early["usage"] = json!({"prompt_tokens": 9, "completion_tokens": 1});
    for chunks in [
        vec![at_stop],
        vec![in_choice],
        vec![at_groq],
        vec![early.clone(), stop("stop"), usage(9, 2)],
        vec![usage(9, 2), stop("stop")],
    ] {
        let mut all = vec![delta(&json!({"content": "A"}))];
        all.extend(chunks);
        assert_eq!(told(&all).last().unwrap(), "usage 9 2");
    }
    // Without any: a quarter of the bytes.
    assert_eq!(
        told(&[delta(&json!({"content": "12345"})), stop("stop")])
            .last()
            .unwrap(),
        "usage 10 2"
    );
}

#[test]
fn a_whole_completion_is_taken_as_well() {
    let events = told(&[json!({
        "object": "chat.completion",
        "choices": [{
            "index": 0,
            "message": {"role": "assistant", "content": "Hello", "refusal": null},
            "finish_reason": "stop",
        }],
        "usage": {"prompt_tokens": 3, "completion_tokens": 1},
    })]);
    assert_eq!(
        events,
        [
            "begin",
            "0 text \"Hello\"",
            "0 end",
            "stop end_turn",
            "usage 3 1"
        ]
    );
}

#[test]
fn an_empty_answer_is_an_answer() {
    assert_eq!(
        told(&[delta(&json!({"content": " "})), stop("stop")]),
        ["begin", "stop end_turn", "usage 10 1"]
    );
}

#[test]
fn an_error_in_place_of_a_chunk_is_told_with_its_status() {
    for error in [
        json!({"error": {"message": "no memory", "type": "server_error", "code": 500}}),
        json!({"object": "error", "message": "no memory", "code": 500}),
    ] {
        let fault = ChatStream::new(expectations()).feed(error.to_string().as_bytes());
        let expected = Fault::Reported {
            status: Some(500),
            reason: "no memory".to_owned(),
        };
        assert_eq!(fault, Err(expected));
    }
}

#[test]
fn what_is_no_chunk_is_a_fault_and_no_panic() {
    for data in [
        "",
        "{",
        "[]",
        "7",
        "{\"choices\": 7}",
        "{\"choices\": [{\"delta\": {\"content\": {}}}]}",
    ] {
        let fault = ChatStream::new(expectations()).feed(data.as_bytes());
        assert!(
            matches!(fault, Err(Fault::Malformed(_))),
            "{data}: {fault:?}"
        );
    }
    let split = b"{\"choices\": [{\"delta\": {\"content\": \"\xc3\"}}]}";
    assert!(ChatStream::new(expectations()).feed(split).is_err());
}

#[test]
fn an_end_without_a_reason_is_incomplete_unless_the_server_says_that_it_is_done() {
    let mut stream = ChatStream::new(expectations());
    assert_eq!(stream.finish(true, 0), Err(Fault::Incomplete));
    stream
        .feed(delta(&json!({"content": "A"})).to_string().as_bytes())
        .unwrap();
    assert_eq!(stream.finish(false, 0), Err(Fault::Incomplete));
    assert_eq!(stream.finish(true, 0), Ok(()));
}

#[test]
fn the_only_call_of_older_servers_is_a_call() {
    let lines = told(&[
        delta(&json!({"function_call": {"name": "f", "arguments": "{\"x\""}})),
        delta(&json!({"function_call": {"arguments": ": 1}"}})),
        stop("function_call"),
    ]);
    assert!(lines[1].ends_with(" f"), "{lines:?}");
    assert_eq!(
        lines[2..6],
        ["0 input {\"x\"", "0 input : 1}", "0 end", "stop tool_use"]
    );
}

#[test]
fn a_whole_answer_may_lack_the_opening_tag_of_its_reasoning() {
    let message = json!({"role": "assistant", "content": "So.\n</think>\n\nYes."});
    let lines = told(&[json!({"choices": [{"message": message, "finish_reason": "stop"}]})]);
    assert_eq!(
        lines[1..5],
        [
            "0 reasoning \"So.\\n\"",
            "0 end",
            "1 text \"Yes.\"",
            "1 end"
        ]
    );
}
