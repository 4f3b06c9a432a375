//! What a model said before a guardrail changed it, in the words of its family.

use bedrock_runtime_smithy::model::ContentBlock;
use outcrop_catalogue::Model;
use outcrop_dialects::{Call, ChatResponder, dialect};
use outcrop_engine::Answer;

/// The least bodies that the families of chat models understand.
const LEAST: [&str; 6] = [
    r#"{"anthropic_version":"bedrock-2023-05-31","max_tokens":1,"messages":[{"role":"user","content":"."}]}"#,
    r#"{"messages":[{"role":"user","content":[{"text":"."}]}]}"#,
    r#"{"messages":[{"role":"user","content":"."}]}"#,
    r#"{"inputText":"."}"#,
    r#"{"message":"."}"#,
    r#"{"prompt":"."}"#,
];

/// The body with which `model` would have answered, as `modelOutput` has it. Where a model has no format of its own, its text.
pub(crate) fn body(model: &Model, answer: &Answer) -> String {
    responder(model).map_or_else(
        || {
            let texts = answer.message.content.iter().map(|block| match block {
                ContentBlock::Text(text) => text.as_str(),
                _ => "",
            });
            texts.collect()
        },
        |responder| responder.response(answer).to_string(),
    )
}

fn responder(model: &Model) -> Option<Box<dyn ChatResponder>> {
    let calls = LEAST
        .iter()
        .filter_map(|body| dialect(model).request(model, body.as_bytes()).ok());
    let mut responders = calls.filter_map(|call| match call {
        Call::Converse(_, responder) => Some(responder),
        _ => None,
    });
    responders.next()
}
