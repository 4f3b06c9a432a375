//! Families that give several choices give as many as are asked for; the others refuse the key.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use bedrock_runtime_smithy::model::ContentBlockDelta;
use outcrop_dialects::{CacheHeaders, ChatResponder};
use outcrop_engine::StreamEvent;
use serde_json::{Value, json};
use support::{chat, chunks, events, fold, model};

const QWEN: &str = "qwen.qwen3-32b-v1:0";
const JAMBA: &str = "ai21.jamba-1-5-mini-v1:0";
const COMMAND: &str = "cohere.command-text-v14";
const JURASSIC: &str = "ai21.j2-mid-v1";

fn responder(id: &str, body: &Value) -> Box<dyn ChatResponder> {
    chat(&model(id), body.to_string().as_bytes()).unwrap().1
}

/// The events of each choice that a body asks for: the same text, with the number of the choice before it.
fn said(choices: u32) -> Vec<Vec<StreamEvent>> {
    let said = |choice: u32| {
        let mut events = events::text();
        for event in &mut events {
            if let StreamEvent::ContentBlockDelta(delta) = event
                && let Some(ContentBlockDelta::Text(text)) = &mut delta.delta
            {
                text.insert_str(0, &format!("{choice}"));
            }
        }
        events
    };
    (0..choices).map(said).collect()
}

fn whole(id: &str, body: &Value) -> Value {
    let responder = responder(id, body);
    let answers: Vec<_> = said(responder.choices())
        .iter()
        .map(|events| fold(events))
        .collect();
    responder.responses(&answers)
}

/// One choice after the other, with the usage at the end.
fn stream(id: &str, body: &Value) -> Vec<Value> {
    let responder = responder(id, body);
    let mut events: Vec<_> = said(responder.choices()).concat();
    let last = events.pop().unwrap();
    events.retain(|event| !matches!(event, StreamEvent::Metadata(_)));
    events.push(last);
    chunks(responder.as_ref(), &events, 12)
}

/// A question, with how many answers are asked for.
fn asked(n: u32) -> Value {
    json!({"messages": [{"role": "user", "content": "Hi"}], "n": n})
}

/// The text of each choice of a stream.
fn told(chunks: &[Value], member: &str) -> Vec<String> {
    let mut texts = vec![String::new(); 2];
    let choices = chunks
        .iter()
        .filter_map(|chunk| chunk["choices"].as_array());
    for choice in choices.flatten() {
        let index = usize::try_from(choice["index"].as_u64().unwrap()).unwrap();
        texts[index].push_str(
            choice
                .pointer(member)
                .and_then(Value::as_str)
                .unwrap_or_default(),
        );
    }
    texts
}

#[test]
fn chat_completions_have_as_many_choices_as_asked() {
    for id in [QWEN, JAMBA] {
        let (one, two) = (whole(id, &asked(1)), whole(id, &asked(2)));
        let choices = two["choices"].as_array().unwrap();
        assert_eq!(choices.len(), 2);
        assert_eq!(
            (&choices[0]["index"], &choices[1]["index"]),
            (&json!(0), &json!(1))
        );
        assert_eq!(choices[0]["message"], one["choices"][0]["message"]);
        assert_ne!(choices[1]["message"], one["choices"][0]["message"]);
        let tokens = |answer: &Value| answer["usage"]["completion_tokens"].as_u64().unwrap();
        assert_eq!(tokens(&two), 2 * tokens(&one));
    }
    let whole = whole(QWEN, &asked(2));
    let chunks = stream(QWEN, &asked(2));
    let texts = told(&chunks, "/delta/content");
    for (place, text) in texts.iter().enumerate() {
        assert_eq!(json!(text), whole["choices"][place]["message"]["content"]);
    }
    assert_eq!(told(&chunks, "/finish_reason"), ["stop", "stop"]);
}

#[test]
fn jamba_streams_one_choice() {
    assert_eq!(responder(JAMBA, &asked(1)).check_stream(), Ok(()));
    let refusal = responder(JAMBA, &asked(2)).check_stream().unwrap_err();
    assert!(
        refusal
            .to_string()
            .contains("#/n: 2 is not less or equal to 1"),
        "{refusal}"
    );
    assert_eq!(responder(QWEN, &asked(2)).check_stream(), Ok(()));
}

#[test]
fn jamba_gives_no_choices_that_would_be_the_same() {
    let told = |n: u32, temperature: f64| {
        let mut body = asked(n);
        body["temperature"] = json!(temperature);
        chat(&model(JAMBA), body.to_string().as_bytes()).err()
    };
    assert_eq!((told(1, 0.0), told(16, 0.5)), (None, None));
    assert!(told(2, 0.0).unwrap().contains("need a temperature above 0"));
    assert!(
        told(17, 0.5)
            .unwrap()
            .contains("#/n: 17 is not less or equal to 16")
    );
}

#[test]
fn text_completions_have_as_many_choices_as_asked() {
    let body = json!({"prompt": "Hi", "n": 2});
    let two = whole(QWEN, &body);
    assert_eq!(two["choices"].as_array().unwrap().len(), 2);
    let chunks = stream(QWEN, &body);
    let texts = told(&chunks, "/text");
    for (place, text) in texts.iter().enumerate() {
        assert_eq!(json!(text), two["choices"][place]["text"]);
    }
    assert_ne!(texts[0], texts[1]);
    assert_eq!(told(&chunks, "/finish_reason"), ["stop", "stop"]);
}

#[test]
fn generations_of_command_follow_each_other() {
    let body = json!({"prompt": "Hi", "num_generations": 2, "stream": true});
    let whole = whole(COMMAND, &body);
    let chunks = stream(COMMAND, &body);
    let generations = whole["generations"].as_array().unwrap();
    assert_eq!(generations.len(), 2);
    for (place, generation) in generations.iter().enumerate() {
        let of = |chunk: &&Value| chunk["index"] == json!(place);
        let text: String = chunks
            .iter()
            .filter(of)
            .filter_map(|chunk| chunk["text"].as_str())
            .collect();
        assert_eq!(json!(text), generation["text"]);
    }
    let ends = chunks.iter().filter(|chunk| chunk["is_finished"] == true);
    assert_eq!(ends.count(), 1);
}

#[test]
fn jurassic_has_as_many_results_as_asked() {
    let body = json!({"prompt": "Hi", "numResults": 3});
    let answer = whole(JURASSIC, &body);
    assert_eq!(answer["completions"].as_array().unwrap().len(), 3);
    assert_eq!(responder(JURASSIC, &body).choices(), 3);
}

#[test]
fn what_cannot_be_given_is_refused() {
    let refusal =
        |id: &str, body: Value| chat(&model(id), body.to_string().as_bytes()).err().unwrap();
    let told = refusal(QWEN, asked(0));
    assert!(
        told.contains("#/n: 0 is not greater or equal to 1"),
        "{told}"
    );
    let told = refusal(JURASSIC, json!({"prompt": "Hi", "numResults": 0}));
    assert!(told.contains("#/numResults: "), "{told}");
    let several = [
        (
            "meta.llama3-8b-instruct-v1:0",
            json!({"prompt": "Hi", "n": 2}),
            "n",
        ),
        (
            "mistral.mistral-7b-instruct-v0:2",
            json!({"prompt": "Hi", "n": 2}),
            "n",
        ),
        (
            "amazon.titan-text-express-v1",
            json!({"inputText": "Hi", "n": 2}),
            "n",
        ),
        (
            "cohere.command-r-v1:0",
            json!({"message": "Hi", "num_generations": 2}),
            "num_generations",
        ),
    ];
    for (id, body, key) in several {
        let told = refusal(id, body);
        assert!(
            told.contains(&format!("extraneous key [{key}] is not permitted")),
            "{told}"
        );
    }
}

#[test]
fn headers_tell_of_cached_tokens_as_usage_does() {
    let headers = |id: &str, content: Value| {
        let messages = json!([{"role": "user", "content": [content]}]);
        let body = json!({"anthropic_version": "bedrock-2023-05-31", "max_tokens": 9, "messages": messages});
        responder(id, &body).cache_headers()
    };
    let text = json!({"type": "text", "text": "Hi"});
    let cached = json!({"type": "text", "text": "Hi", "cache_control": {"type": "ephemeral"}});
    let haiku = "anthropic.claude-3-5-haiku-20241022-v1:0";
    assert_eq!(headers(haiku, text.clone()), CacheHeaders::Neither);
    assert_eq!(headers(haiku, cached), CacheHeaders::Both);
    let sonnet = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    assert_eq!(headers(sonnet, text.clone()), CacheHeaders::Both);
    assert_eq!(
        headers("anthropic.claude-opus-4-8", text),
        CacheHeaders::Read
    );
}

#[test]
fn a_flag_raises_the_limit_of_one_model() {
    let read = |beta: Value| {
        let body = json!({
            "anthropic_version": "bedrock-2023-05-31",
            "anthropic_beta": beta,
            "max_tokens": 128_000,
            "messages": [{"role": "user", "content": "Hi"}],
        });
        let model = model("anthropic.claude-3-7-sonnet-20250219-v1:0");
        chat(&model, body.to_string().as_bytes()).err()
    };
    assert_eq!(read(json!(["output-128k-2025-02-19"])), None);
    let told = read(json!([])).unwrap();
    assert!(told.starts_with("max_tokens: 128000 > "), "{told}");
}
