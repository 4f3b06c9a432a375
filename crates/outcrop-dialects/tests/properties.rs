//! What holds for every body.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use bedrock_runtime_smithy::model::{
    ContentBlock, SystemContentBlock, Tool, ToolResultContentBlock,
};
use outcrop_catalogue::{Catalogue, ModelFilter};
use outcrop_dialects::{ConverseParts, dialect};
use outcrop_engine::document;
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use support::{chat, events, model};

/// Any JSON, with the names that bodies have among others.
fn any_json() -> impl Strategy<Value = Value> {
    let names = [
        "messages",
        "role",
        "content",
        "type",
        "text",
        "prompt",
        "inputText",
        "texts",
        "tools",
        "source",
        "system",
        "max_tokens",
        "input_type",
        "message",
        "image",
        "data",
        "x",
    ];
    let name = prop::sample::select(names.to_vec());
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 2.0)),
        ".{0,8}".prop_map(Value::from),
        prop::sample::select(vec![
            "user",
            "text",
            "image",
            "tool_use",
            "bedrock-2023-05-31"
        ])
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 48, 6, move |inner| {
        let members = prop::collection::vec((name.clone(), inner.clone()), 0..6);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::from),
            members.prop_map(|members| {
                Value::Object(
                    members
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value))
                        .collect(),
                )
            }),
        ]
    })
}

/// A turn of the user's with texts, and a call with its result.
fn turns() -> impl Strategy<Value = Vec<(Vec<String>, Map<String, Value>, String)>> {
    let word = "[a-zé☃]{1,12}";
    let input = prop::collection::vec((word, any_json()), 0..3)
        .prop_map(|members| members.into_iter().collect::<Map<_, _>>());
    prop::collection::vec(
        (
            prop::collection::vec(word.prop_map(String::from), 1..4),
            input,
            word.prop_map(String::from),
        ),
        1..4,
    )
}

fn body(turns: &[(Vec<String>, Map<String, Value>, String)], system: &str) -> Value {
    let mut messages = Vec::new();
    for (index, (texts, input, result)) in turns.iter().enumerate() {
        let id = format!("toolu_{index}");
        let texts: Vec<_> = texts
            .iter()
            .map(|text| json!({"type": "text", "text": text}))
            .collect();
        messages.push(json!({"role": "user", "content": texts}));
        let call = json!({"type": "tool_use", "id": id, "name": "tool", "input": input});
        messages.push(json!({"role": "assistant", "content": [call]}));
        let result = json!({"type": "tool_result", "tool_use_id": id, "content": [{"type": "text", "text": result}]});
        messages.push(json!({"role": "user", "content": [result]}));
    }
    json!({
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": 100,
        "system": system,
        "messages": messages,
        "tools": [{"name": "tool", "input_schema": {"type": "object", "title": system}}],
    })
}

/// Every text, call and result of a conversation, in order.
fn contents(parts: &ConverseParts) -> Vec<Value> {
    let blocks = parts.messages.iter().flat_map(|message| &message.content);
    let told = blocks.map(|block| match block {
        ContentBlock::Text(text) => json!(text),
        ContentBlock::ToolUse(call) => document::to_value(&call.input),
        ContentBlock::ToolResult(result) => match result.content.as_slice() {
            [ToolResultContentBlock::Text(text)] => json!([call_id(&result.tool_use_id), text]),
            _ => Value::Null,
        },
        _ => Value::Null,
    });
    told.collect()
}

fn call_id(id: &str) -> usize {
    id.trim_start_matches("toolu_").parse().unwrap()
}

/// As a document holds it: members in order, numbers as they are.
fn as_document(value: &Value) -> Value {
    document::to_value(&document::to_document(value))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn claude_keeps_every_word(turns in turns(), system in "[a-z]{1,9}") {
        let body = body(&turns, &system);
        let model = model("anthropic.claude-sonnet-4-5-20250929-v1:0");
        let (parts, _) = chat(&model, body.to_string().as_bytes()).unwrap();
        let mut expected = Vec::new();
        for (index, (texts, input, result)) in turns.iter().enumerate() {
            expected.extend(texts.iter().map(|text| json!(text)));
            expected.push(as_document(&Value::Object(input.clone())));
            expected.push(json!([index, result]));
        }
        prop_assert_eq!(contents(&parts), expected);
        prop_assert_eq!(&parts.system, &vec![SystemContentBlock::Text(system.clone())]);
        let config = parts.tool_config.unwrap();
        let Some(Tool::ToolSpec(tool)) = config.tools.first() else { panic!("no tool") };
        let schema = document::to_value(tool.input_schema.as_json().unwrap());
        prop_assert_eq!(&schema["title"], &json!(system));
    }

    #[test]
    fn no_body_is_too_strange(body in any_json()) {
        let catalogue = Catalogue::builtin().unwrap();
        let body = body.to_string();
        for model in catalogue.models(ModelFilter::default()) {
            let _ = dialect(model).request(model, body.as_bytes());
        }
    }
}

#[test]
fn the_same_request_has_the_same_answer() {
    let body = json!({"messages": [{"role": "user", "content": [{"text": "Hi"}]}]}).to_string();
    for (id, body) in [
        ("amazon.nova-lite-v1:0", body.as_str()),
        ("cohere.command-r-v1:0", r#"{"message":"Hi"}"#),
        (
            "ai21.jamba-1-5-mini-v1:0",
            r#"{"messages":[{"role":"user","content":"Hi"}]}"#,
        ),
    ] {
        let model = model(id);
        let answer = || {
            let (_, responder) = chat(&model, body.as_bytes()).unwrap();
            responder
                .response(&support::fold(&events::text()))
                .to_string()
        };
        assert_eq!(answer(), answer());
    }
}
