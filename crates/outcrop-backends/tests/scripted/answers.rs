//! What the engine sends, and what it makes of an answer.

use std::sync::Arc;

use bedrock_runtime_smithy::model::StopReason;
use futures_util::StreamExt;
use outcrop_engine::{Engine, StreamEvent, document};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::support::{Backend, Reply, Step, ask, engine, text, whole};

fn delta(delta: &Value) -> Value {
    json!({"choices": [{"index": 0, "delta": delta}]})
}

const ANSWER: &str = ": hello\r\n\r\ndata: {\"choices\":[{\"delta\":{\"content\":\"é🎂\"}}]}\r\n\r\n: ping\r\n\r\n\
    data:{\"choices\":[{\"delta\":{\"content\":\" 東京\"}}]}\r\n\r\n\
    data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\n\
    data: {\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3}}\r\n\r\ndata: [DONE]\r\n\r\n";

#[tokio::test]
async fn the_request_names_the_mapped_model_and_carries_the_key() {
    let backend = Backend::start(vec![Reply::text("Hi")]).await;
    assert_eq!(text(&whole(&engine(&backend)).await.unwrap()), "Hi");
    let [request] = &backend.received()[..] else {
        panic!()
    };
    assert!(
        request
            .head
            .starts_with("post /v1/chat/completions http/1.1")
    );
    assert!(request.head.contains("authorization: bearer secret"));
    assert_eq!(request.body["model"], "llama3.1:8b");
    assert_eq!(
        request.body["messages"],
        json!([{"role": "user", "content": "Hello"}])
    );
    assert_eq!(request.body["stream_options"]["include_usage"], true);
}

#[tokio::test]
async fn characters_and_lines_may_be_cut_anywhere() {
    let backend = Backend::start(vec![
        Reply::pieces(ANSWER.as_bytes().chunks(1)),
        Reply::pieces(ANSWER.as_bytes().chunks(7)),
        Reply::pieces([ANSWER.as_bytes()]),
    ])
    .await;
    let engine = engine(&backend);
    for _ in 0..3 {
        let answer = whole(&engine).await.unwrap();
        assert_eq!(text(&answer), "é🎂 東京");
        assert_eq!(answer.usage.input_tokens, Some(5));
        assert_eq!(answer.stop_reason, StopReason::EndTurn);
    }
}

#[tokio::test]
async fn an_answer_without_its_last_words_is_whole_if_the_model_had_stopped() {
    let until = |end: &str| &ANSWER[..ANSWER.find(end).unwrap()];
    let backend = Backend::start(vec![
        Reply::pieces([until("data: [DONE]").as_bytes()]),
        Reply::pieces([until("\r\n\r\ndata: [DONE]").as_bytes()]),
        Reply::steps(vec![
            Step::Send(until("data: [DONE]").as_bytes().to_vec()),
            Step::Break,
        ]),
    ])
    .await;
    let engine = engine(&backend);
    for _ in 0..3 {
        let answer = whole(&engine).await.unwrap();
        assert_eq!(text(&answer), "é🎂 東京");
        assert_eq!(answer.usage.output_tokens, Some(3));
    }
}

#[tokio::test]
async fn a_server_that_does_not_stream_is_understood() {
    let body = json!({
        "object": "chat.completion",
        "choices": [{"message": {"role": "assistant", "content": "Hi"}, "finish_reason": "length"}],
        "usage": {"prompt_tokens": 5, "completion_tokens": 1},
    });
    let backend = Backend::start(vec![Reply::json("200 OK", &body)]).await;
    let answer = whole(&engine(&backend)).await.unwrap();
    assert_eq!(text(&answer), "Hi");
    assert_eq!(answer.stop_reason, StopReason::MaxTokens);
}

#[tokio::test]
async fn each_event_leaves_as_soon_as_it_is_known() {
    let go_on = Arc::new(Notify::new());
    let chunk = |text: &str| {
        let chunk = delta(&json!({"content": text}));
        Step::Send(format!("data: {chunk}\n\n").into_bytes())
    };
    let backend = Backend::start(vec![Reply::steps(vec![
        chunk("A"),
        Step::Wait(Arc::clone(&go_on)),
        chunk("B"),
        Step::Send(b"data: [DONE]\n\n".to_vec()),
    ])])
    .await;
    let mut events = engine(&backend).converse(ask("Hello")).await.unwrap();
    let begin = events.next().await.unwrap().unwrap();
    assert!(matches!(begin, StreamEvent::MessageStart(_)));
    let first = events.next().await.unwrap().unwrap();
    assert!(matches!(first, StreamEvent::ContentBlockDelta(_)));
    // The server sends nothing more before it is told to, and it is told only now.
    go_on.notify_one();
    assert_eq!(events.collect::<Vec<_>>().await.len(), 4);
}

#[tokio::test]
async fn tool_calls_in_one_piece_and_in_many_are_the_same() {
    let call = |id: &str, arguments: &str| json!({"index": 0, "id": id, "function": {"name": "f", "arguments": arguments}});
    let more = |arguments: &str| {
        delta(&json!({"tool_calls": [{"index": 0, "function": {"arguments": arguments}}]}))
    };
    let stop = json!({"choices": [{"delta": {}, "finish_reason": "tool_calls"}]});
    let one = delta(&json!({"content": null, "tool_calls": [call("a", "{\"x\": [1, \"}\"]}")]}));
    let many = delta(&json!({"content": null, "tool_calls": [call("a", "")]}));
    let backend = Backend::start(vec![
        Reply::chunks(&[one, stop.clone()]),
        Reply::chunks(&[many, more("{\"x\": "), more("[1, \"}"), more("\"]}"), stop]),
    ])
    .await;
    let engine = engine(&backend);
    for _ in 0..2 {
        let answer = whole(&engine).await.unwrap();
        assert_eq!(answer.stop_reason, StopReason::ToolUse);
        let call = answer.message.content[0].as_tool_use().unwrap();
        assert_eq!((call.tool_use_id.as_str(), call.name.as_str()), ("a", "f"));
        assert_eq!(document::to_value(&call.input), json!({"x": [1, "}"]}));
    }
}

#[tokio::test]
async fn huge_deltas_arrive_whole() {
    let long = "é".repeat(2 << 20);
    let backend = Backend::start(vec![Reply::text(&long)]).await;
    assert_eq!(text(&whole(&engine(&backend)).await.unwrap()), long);
}

#[tokio::test]
async fn connections_are_used_again() {
    let backend = Backend::start(vec![Reply::text("Hi")]).await;
    let engine = engine(&backend);
    for _ in 0..3 {
        whole(&engine).await.unwrap();
    }
    assert_eq!(backend.received().len(), 3);
}
