//! Streamed answers.

use std::time::Duration;

use bedrock_runtime_smithy::model::{ContentBlockDelta, StopReason};
use futures_util::StreamExt;
use outcrop_dialects::{Call, Timing, dialect};
use outcrop_engine::StreamEvent;
use outcrop_guardrails::StreamMode;
use serde_json::{Value, json};

use crate::guardrail::{
    Asked, Exchange, NativeGuard, TraceLevel, answer, guarded,
    testing::{Bench, CLAUDE, NOVA, TITAN, caller},
};

fn asked(mode: StreamMode) -> Asked {
    Asked {
        identifier: "g1".into(),
        version: "1".into(),
        trace: TraceLevel::Enabled,
        mode,
    }
}

fn parts(
    bench: &Bench,
    model: &str,
    body: &Value,
) -> (
    outcrop_engine::ConverseRequest,
    Box<dyn outcrop_dialects::ChatResponder>,
) {
    let model = bench.runtime.catalogue.model(model).unwrap();
    let body = body.to_string();
    let Ok(Call::Converse(parts, responder)) = dialect(model).request(model, body.as_bytes())
    else {
        panic!("{body}");
    };
    let caller = crate::context::asker(caller());
    let request = parts.into_request(model.clone(), model.id.clone(), caller);
    (request, responder)
}

/// The texts of a guarded stream, why it stopped, and the reason in its trace.
pub(super) async fn stream(
    bench: &Bench,
    mode: StreamMode,
    text: &str,
) -> (Vec<String>, StopReason, String) {
    let body = json!({ "messages": [{ "role": "user", "content": [{ "text": text }] }] });
    let (request, _) = parts(bench, NOVA, &body);
    let model = request.model.clone();
    let exchange = Exchange::open(&bench.runtime, &caller(), &model, Some(asked(mode)))
        .await
        .unwrap();
    let (events, exchange) = answer(&*bench.engine, exchange, request).await.unwrap();
    let events: Vec<_> = match exchange {
        Some(exchange) => guarded(exchange, events).collect().await,
        None => events.collect().await,
    };
    let (mut texts, mut stop, mut reason) = (Vec::new(), None, None);
    for event in events {
        match event.unwrap() {
            StreamEvent::ContentBlockDelta(event) => {
                let Some(ContentBlockDelta::Text(text)) = event.delta else {
                    continue;
                };
                texts.push(text);
            }
            StreamEvent::MessageStop(event) => stop = event.stop_reason,
            StreamEvent::Metadata(event) => {
                reason = event.trace.unwrap().guardrail.unwrap().action_reason;
                let called = bench.calls() > 0;
                assert_eq!(
                    event.usage.unwrap().output_tokens,
                    Some(if called { 22 } else { 0 })
                );
            }
            _ => {}
        }
    }
    (texts, stop.unwrap(), reason.unwrap())
}

#[tokio::test]
async fn a_synchronous_stream_is_masked_wherever_it_is_cut() {
    let bench = Bench::saying(&["It is 12345", "61666. Anything", " else?"]);
    let (texts, stop, reason) = stream(&bench, StreamMode::Sync, "Which?").await;
    assert_eq!(texts.concat(), "It is {Account Number}. Anything else?");
    assert_eq!(stop, StopReason::GuardrailIntervened);
    assert_eq!(reason, "No action.\nGuardrail masked.");
}

#[tokio::test]
async fn nothing_follows_the_message_of_a_blocked_stream() {
    let bench = Bench::saying(&[
        "All is well. ",
        "This is forbid",
        "den. And",
        " more. And more.",
    ]);
    let (texts, stop, _) = stream(&bench, StreamMode::Sync, "Which?").await;
    assert_eq!(texts.last().unwrap(), "No answer.");
    let all = texts.concat();
    assert!(
        all.starts_with("All is well.") && !all.contains("forbid") && !all.contains("more"),
        "{all}"
    );
    assert_eq!(stop, StopReason::GuardrailIntervened);
}

#[tokio::test]
async fn an_asynchronous_stream_passes_at_once_and_is_cut_off() {
    let long = "Well, well. ".repeat(300);
    let bench = Bench::saying(&[
        "It is 1234561666. ",
        "This is forbidden. ",
        &long,
        "And on.",
    ]);
    let (texts, stop, _) = stream(&bench, StreamMode::Async, "Which?").await;
    assert_eq!(texts[0], "It is 1234561666. ");
    assert_eq!(texts.last().unwrap(), "No answer.");
    assert!(!texts.concat().contains("And on"), "{texts:?}");
    assert_eq!(stop, StopReason::GuardrailIntervened);
}

#[tokio::test]
async fn a_blocked_question_streams_its_message() {
    let bench = Bench::saying(&["Sunny."]);
    let (texts, stop, reason) = stream(&bench, StreamMode::Sync, "How is the weather?").await;
    assert_eq!(
        (texts, stop),
        (
            vec!["No question.".to_owned()],
            StopReason::GuardrailIntervened
        )
    );
    assert_eq!((reason.as_str(), bench.calls()), ("Guardrail blocked.", 0));
}

/// The chunks of a native stream.
async fn native(bench: &Bench, model: &str, body: Value) -> Vec<Value> {
    let (mut request, responder) = parts(bench, model, &body);
    let model = request.model.clone();
    let exchange = Exchange::open(
        &bench.runtime,
        &caller(),
        &model,
        Some(asked(StreamMode::Sync)),
    )
    .await;
    let mut exchange = exchange.unwrap().unwrap();
    let blocked = exchange.native_blocked(&mut request).await.unwrap();
    let mut guard = NativeGuard::new(exchange, model, blocked, 0xabcd);
    let events = match guard.instead() {
        Some(events) => events,
        None => bench.runtime.engine.converse(request).await.unwrap(),
    };
    let timing = Timing {
        first_byte_latency: Duration::ZERO,
        invocation_latency: Duration::ZERO,
    };
    let mut dialect = responder.stream(5);
    let events: Vec<_> = events.collect().await;
    let chunks = events
        .into_iter()
        .flat_map(|event| guard.chunks(event.unwrap(), dialect.as_mut(), timing));
    chunks.collect()
}

#[tokio::test]
async fn a_native_stream_tells_the_action_where_it_acted_and_all_at_the_end() {
    let bench = Bench::saying(&["Fine. ", "It is 1234561666. ", "Bye."]);
    let body = json!({ "messages": [{ "role": "user", "content": [{ "text": "Which?" }] }] });
    let chunks = native(&bench, NOVA, body).await;
    let acted = |chunk: &Value| chunk.get("amazon-bedrock-guardrailAction").is_some();
    let masked = chunks
        .iter()
        .find(|chunk| chunk.to_string().contains("{Account"))
        .unwrap();
    assert!(acted(masked) && !acted(&chunks[0]), "{chunks:#?}");
    let last = chunks.last().unwrap();
    let names: Vec<_> = last.as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "metadata",
            "amazon-bedrock-invocationMetrics",
            "amazon-bedrock-guardrailAction",
            "amazon-bedrock-trace"
        ]
    );
    let raw = &last["amazon-bedrock-trace"]["guardrail"]["modelOutput"];
    assert_eq!(*raw, json!(["Fine. It is 1234561666. Bye."]));
    let stop = chunks
        .iter()
        .find_map(|chunk| chunk.get("messageStop"))
        .unwrap();
    assert_eq!(stop["stopReason"], "end_turn");
}

#[tokio::test]
async fn a_blocked_native_stream_has_the_providers_shape() {
    let bench = Bench::saying(&["Sunny."]);
    let body = json!({ "inputText": "How is the weather?" });
    let chunks = native(&bench, TITAN, body).await;
    assert_eq!(chunks.len(), 1, "{chunks:#?}");
    let names: Vec<_> = chunks[0].as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        [
            "outputText",
            "index",
            "totalOutputTextTokenCount",
            "inputTextTokenCount",
            "amazon-bedrock-guardrailAction",
            "amazon-bedrock-trace"
        ]
    );
    assert_eq!(chunks[0]["index"].to_string(), "0.0");

    let body = json!({
        "anthropic_version": "bedrock-2023-05-31", "max_tokens": 9,
        "messages": [{ "role": "user", "content": "How is the weather?" }],
    });
    let chunks = native(&bench, CLAUDE, body).await;
    assert_eq!(chunks[0]["message"]["id"], "bedrock-guardrails-0000abcd");
    assert_eq!(
        chunks[0]["message"]["usage"],
        json!({ "input_tokens": 0, "output_tokens": 0 })
    );
    let last = chunks.last().unwrap();
    assert_eq!(last["type"], "message_stop");
    assert_eq!(last["amazon-bedrock-guardrailAction"], "INTERVENED");
    assert!(last.get("amazon-bedrock-invocationMetrics").is_none());
    assert_eq!(bench.calls(), 0);
}
