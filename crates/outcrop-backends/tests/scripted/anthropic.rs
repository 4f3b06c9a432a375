//! A server that speaks Anthropic's messages.

use bedrock_runtime_smithy::model::StopReason;
use futures_util::StreamExt;
use outcrop_engine::{Engine, EngineError, StreamEvent, fold};
use serde_json::{Value, json};

use crate::support::{Backend, Claude, Reply, Step, claude, embed, streamed, text};

const MODEL: &str = "us.anthropic.claude-sonnet-4-5-20250929-v1:0";

fn failure(kind: &str) -> Value {
    json!({"type": "error", "error": {"type": kind, "message": "no luck"}})
}

#[tokio::test]
async fn a_question_is_converted_and_carries_key_and_version() {
    let backend = Backend::start(vec![Claude::reply(&Claude::events("Hi"))]).await;
    let answer = claude(&backend).converse(Claude::ask("Hello")).await;
    let answer = fold(answer.unwrap()).await.unwrap();
    assert_eq!(text(&answer), "Hi");
    assert_eq!(answer.stop_reason, StopReason::EndTurn);
    assert_eq!(answer.usage.total_tokens, Some(8));
    let [request] = &backend.received()[..] else {
        panic!()
    };
    assert!(
        request.head.starts_with("post /v1/messages http/1.1"),
        "{}",
        request.head
    );
    for header in ["x-api-key: secret", "anthropic-version: 2023-06-01"] {
        assert!(request.head.contains(header), "{}", request.head);
    }
    assert!(!request.head.contains("authorization"), "{}", request.head);
    assert_eq!(request.body["model"], "claude");
    assert_eq!(request.body["stream"], true);
}

#[tokio::test]
async fn a_native_body_goes_through_untouched() {
    let backend = Backend::start(vec![Claude::reply(&Claude::events("Hi"))]).await;
    let body = json!({
        "anthropic_version": "bedrock-2023-05-31", "anthropic_beta": ["context-1m-2025-08-07"], "max_tokens": 2048,
        "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}],
        "thinking": {"type": "enabled", "budget_tokens": 1024}, "metadata": {"user_id": "u"},
        "messages": [{"role": "user", "content": [{"type": "text", "text": "é🎂", "cache_control": {"type": "ephemeral"}}]}],
    });
    let chunks = streamed(&claude(&backend), MODEL, &body).await;
    let chunks: Vec<_> = chunks.collect().await;
    let kinds: Vec<_> = chunks
        .iter()
        .map(|chunk| chunk["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "message_start",
            "content_block_start",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop"
        ]
    );
    let request = backend.received().pop().unwrap();
    assert!(
        request
            .head
            .contains("anthropic-beta: context-1m-2025-08-07"),
        "{}",
        request.head
    );
    let mut expected = body;
    for moved in ["anthropic_version", "anthropic_beta"] {
        expected.as_object_mut().unwrap().remove(moved);
    }
    expected["model"] = json!("claude");
    expected["stream"] = json!(true);
    assert_eq!(request.body, expected);
}

#[tokio::test]
async fn thinking_citations_and_calls_come_back_as_native_chunks_without_loss() {
    let text = json!({"type": "text", "text": "", "citations": []});
    let cited = json!({"type": "page_location", "cited_text": "a", "document_index": 0, "document_title": "d",
        "start_page_number": 1, "end_page_number": 2});
    let blocks = [
        (
            json!({"type": "thinking", "thinking": "", "signature": ""}),
            vec![
                json!({"type": "thinking_delta", "thinking": "So…"}),
                json!({"type": "signature_delta", "signature": "c2ln"}),
            ],
        ),
        (
            json!({"type": "redacted_thinking", "data": "b64=="}),
            vec![],
        ),
        (
            text,
            vec![
                json!({"type": "citations_delta", "citation": cited}),
                json!({"type": "text_delta", "text": "A"}),
            ],
        ),
        (
            json!({"type": "tool_use", "id": "toolu_1", "name": "f", "input": {}}),
            vec![
                json!({"type": "input_json_delta", "partial_json": ""}),
                json!({"type": "input_json_delta", "partial_json": "{\"x\":1}"}),
            ],
        ),
    ];
    let mut events = vec![
        json!({"type": "message_start", "message": {"usage": {"input_tokens": 3, "output_tokens": 1}}}),
    ];
    for (index, (block, deltas)) in blocks.into_iter().enumerate() {
        events.push(json!({"type": "content_block_start", "index": index, "content_block": block}));
        let deltas = deltas.into_iter();
        events.extend(
            deltas.map(
                |delta| json!({"type": "content_block_delta", "index": index, "delta": delta}),
            ),
        );
        events.push(json!({"type": "content_block_stop", "index": index}));
    }
    events.push(json!({"type": "message_delta", "delta": {"stop_reason": "tool_use"}, "usage": {"output_tokens": 9}}));
    events.push(json!({"type": "message_stop"}));
    let backend = Backend::start(vec![Claude::reply(&events)]).await;
    let body = json!({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 10, "messages": [{"role": "user", "content": "Hi"}]});
    let chunks = streamed(&claude(&backend), MODEL, &body).await;
    let chunks: Vec<_> = chunks.collect().await;
    // All but the first and the last two, which tell what Bedrock has in other words.
    let middle = 1..events.len() - 2;
    assert_eq!(chunks[middle.clone()], events[middle]);
    assert_eq!(chunks[events.len() - 2]["delta"]["stop_reason"], "tool_use");
    assert_eq!(chunks[events.len() - 2]["usage"]["output_tokens"], 9);
}

#[tokio::test]
async fn bytes_may_be_cut_anywhere() {
    let whole: Vec<u8> = Claude::events("é🎂 東京")
        .iter()
        .flat_map(Claude::event)
        .collect();
    let crlf = String::from_utf8(whole.clone())
        .unwrap()
        .replace('\n', "\r\n");
    let backend = Backend::start(vec![
        Reply::pieces(whole.chunks(1)),
        Reply::pieces(whole.chunks(7)),
        Reply::pieces(crlf.as_bytes().chunks(3)),
    ])
    .await;
    let engine = claude(&backend);
    for _ in 0..3 {
        let answer = engine.converse(Claude::ask("Hello")).await.unwrap();
        assert_eq!(text(&fold(answer).await.unwrap()), "é🎂 東京");
    }
}

#[tokio::test]
async fn errors_before_the_model_speaks_are_http_errors() {
    let refused = |reply| async {
        let backend = Backend::start(vec![reply]).await;
        let answer = claude(&backend).converse(Claude::ask("Hello")).await;
        answer.map(|_| ()).unwrap_err()
    };
    let start = Claude::events("").remove(0);
    let late = Claude::reply(&[start, failure("overloaded_error")]);
    let overloaded = EngineError::ModelError {
        message: "no luck".to_owned(),
        original_status_code: Some(529),
        resource_name: Some("claude".to_owned()),
    };
    assert_eq!(refused(late).await, overloaded);
    let status = Reply::json("529 Overloaded", &failure("overloaded_error"));
    assert_eq!(refused(status).await, overloaded);
    let limited = Reply::json(
        "429 Too Many Requests\r\nretry-after: 7",
        &failure("rate_limit_error"),
    );
    assert!(matches!(
        refused(limited).await,
        EngineError::Throttling {
            retry_after: Some(7),
            ..
        }
    ));
    let bad = Reply::json("400 Bad Request", &failure("invalid_request_error"));
    assert_eq!(
        refused(bad).await,
        EngineError::ModelValidation("no luck".to_owned())
    );
    let key = Reply::json("401 Unauthorized", &failure("authentication_error"));
    assert!(matches!(refused(key).await, EngineError::AccessDenied(_)));
    // A server of the other kind.
    let other = Reply::text("Hi");
    assert!(matches!(
        refused(other).await,
        EngineError::ModelError { .. }
    ));
}

#[tokio::test]
async fn errors_within_an_answer_end_its_stream() {
    let begun: Vec<_> = Claude::events("A").drain(..4).collect();
    let reported = begun.iter().cloned().chain([failure("overloaded_error")]);
    let reported = Claude::reply(&reported.collect::<Vec<_>>());
    let mut broken: Vec<_> = begun
        .iter()
        .map(|event| Step::Send(Claude::event(event)))
        .collect();
    broken.push(Step::Break);
    let ended = Claude::reply(&begun);
    for reply in [reported, Reply::steps(broken), ended] {
        let backend = Backend::start(vec![reply]).await;
        let events = claude(&backend)
            .converse(Claude::ask("Hello"))
            .await
            .unwrap();
        let events: Vec<_> = events.collect().await;
        assert!(matches!(events[0], Ok(StreamEvent::MessageStart(_))));
        let last = events.last().unwrap();
        assert!(
            matches!(last, Err(EngineError::ModelStream { .. })),
            "{last:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_without_its_last_event_is_whole_if_the_model_had_stopped() {
    let mut events = Claude::events("Hi");
    events.pop();
    let backend = Backend::start(vec![Claude::reply(&events)]).await;
    let answer = claude(&backend)
        .converse(Claude::ask("Hello"))
        .await
        .unwrap();
    assert_eq!(text(&fold(answer).await.unwrap()), "Hi");
}

#[tokio::test]
async fn a_server_that_does_not_stream_is_understood() {
    let message = json!({
        "type": "message", "content": [{"type": "text", "text": "Hi"}], "stop_reason": "max_tokens",
        "usage": {"input_tokens": 5, "output_tokens": 1},
    });
    let backend = Backend::start(vec![Reply::json("200 OK", &message)]).await;
    let answer = claude(&backend)
        .converse(Claude::ask("Hello"))
        .await
        .unwrap();
    let answer = fold(answer).await.unwrap();
    assert_eq!(
        (text(&answer).as_str(), answer.stop_reason),
        ("Hi", StopReason::MaxTokens)
    );
}

#[tokio::test]
async fn each_event_leaves_as_soon_as_it_is_known_and_going_away_ends_the_work() {
    let begun: Vec<_> = Claude::events("A").drain(..4).collect();
    let mut steps: Vec<_> = begun
        .iter()
        .map(|event| Step::Send(Claude::event(event)))
        .collect();
    steps.push(Step::Stall);
    let backend = Backend::start(vec![Reply::steps(steps)]).await;
    let mut events = claude(&backend)
        .converse(Claude::ask("Hello"))
        .await
        .unwrap();
    for _ in 0..2 {
        events.next().await.unwrap().unwrap();
    }
    drop(events);
    backend.abandoned().await;
}

#[tokio::test]
async fn what_messages_cannot_do_is_refused_in_words() {
    let backend = Backend::start(vec![Reply::text("Hi")]).await;
    let refused = claude(&backend).embed(embed(&["a"], 1024)).await;
    let Err(EngineError::Validation(message)) = refused else {
        panic!()
    };
    assert!(message.contains("Anthropic's messages"), "{message}");
    assert!(backend.received().is_empty());
}
