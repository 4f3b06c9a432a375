//! A native request as a Converse request and back again is the same request, for every family that chats.

mod support;

use std::sync::LazyLock;

use outcrop_catalogue::Model;
use outcrop_dialects::ConverseParts;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::talk::{Talk, input, talk};
use support::{body, chat, command_r, model, prompt_writer, writer};

/// A model of a family, a conversation as the family's body, and the way back from what was understood.
type Family = (
    &'static str,
    fn(&Talk) -> Value,
    fn(&ConverseParts) -> Value,
);

#[rustfmt::skip]
const FAMILIES: &[Family] = &[
    ("ai21.j2-mid-v1", body::jurassic, prompt_writer::jurassic),
    ("ai21.jamba-1-5-mini-v1:0", body::openai_chat, writer::openai_chat),
    ("amazon.nova-2-lite-v1:0", body::nova, writer::nova),
    ("amazon.titan-text-express-v1", body::titan_text, prompt_writer::titan_text),
    ("anthropic.claude-sonnet-4-5-20250929-v1:0", body::claude, writer::claude),
    ("anthropic.claude-v2:1", body::claude_text, prompt_writer::claude_text),
    ("cohere.command-r-v1:0", command_r::body, command_r::writer),
    ("cohere.command-text-v14", body::cohere_command, prompt_writer::cohere_command),
    ("deepseek.r1-v1:0", body::deepseek, prompt_writer::deepseek),
    ("meta.llama3-2-11b-instruct-v1:0", body::llama, prompt_writer::llama),
    ("meta.llama4-scout-17b-instruct-v1:0", body::llama_4, prompt_writer::llama_4),
    ("mistral.mistral-7b-instruct-v0:2", body::mistral, prompt_writer::mistral),
    ("mistral.mistral-large-2407-v1:0", body::openai_chat, writer::openai_chat),
    ("openai.gpt-oss-120b-1:0", body::openai_chat, writer::openai_chat),
    ("qwen.qwen3-32b-v1:0", body::completion, prompt_writer::completion),
    ("qwen.qwen3-vl-235b-a22b", body::openai_chat, writer::openai_chat),
    ("twelvelabs.pegasus-1-2-v1:0", body::pegasus, prompt_writer::pegasus),
];

/// Looked up once: the catalogue is long.
static MODELS: LazyLock<Vec<Model>> =
    LazyLock::new(|| FAMILIES.iter().map(|(id, ..)| model(id)).collect());

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bodies_come_back(talk in talk()) {
        for ((id, body, writer), model) in FAMILIES.iter().zip(MODELS.iter()) {
            let body = body(&talk);
            let read = chat(model, body.to_string().as_bytes());
            let (parts, _) = read.map_err(|refusal| TestCaseError::fail(format!("{id}: {refusal}")))?;
            prop_assert_eq!(writer(&parts), body, "{}", id);
        }
    }

    #[test]
    fn unknown_members_survive(name in "x_[a-z]{1,8}", value in input()) {
        for (id, mut body) in [
            ("qwen.qwen3-32b-v1:0", json!({"messages": [{"role": "user", "content": "Hi"}]})),
            ("imported", json!({"prompt": "Hi"})),
        ] {
            let mut model = model("qwen.qwen3-32b-v1:0");
            id.clone_into(&mut model.id);
            body[&name] = value.clone();
            let (parts, _) = chat(&model, body.to_string().as_bytes()).unwrap();
            let fields = parts.additional_model_request_fields.unwrap();
            prop_assert_eq!(&fields[&name], &value);
        }
    }
}
