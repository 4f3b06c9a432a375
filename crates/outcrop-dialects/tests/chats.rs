//! Bodies of chats in, whole answers and whole streams out, byte for byte.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use std::fs;

use outcrop_engine::StreamEvent;
use serde_json::Value;
use support::{chat, chunks, converse, events, fold, model};

type Events = fn() -> Vec<StreamEvent>;

/// A fixture, who it is for, and what the engine answers.
#[rustfmt::skip]
const CHATS: &[(&str, &str, Events)] = &[
    ("anthropic/text", "anthropic.claude-3-haiku-20240307-v1:0", events::text),
    ("anthropic/everything", "anthropic.claude-opus-4-6-v1", events::thinking),
    ("anthropic/history", "anthropic.claude-opus-4-7", events::refusal),
    ("anthropic/tools", "anthropic.claude-sonnet-4-20250514-v1:0", events::calls),
    ("anthropic/tool_choice_none", "anthropic.claude-opus-5", events::thinking),
    ("anthropic/text_completion", "anthropic.claude-v2:1", events::text),
    ("cohere_chat/documents", "cohere.command-r-plus-v1:0", events::thinking),
    ("cohere_chat/history", "cohere.command-r-plus-v1:0", events::thinking),
    ("cohere_chat/text", "cohere.command-r-v1:0", events::text),
    ("cohere_chat/tool_results", "cohere.command-r-v1:0", events::cut_off),
    ("cohere_chat/tools", "cohere.command-r-plus-v1:0", events::calls),
    ("nova/text", "amazon.nova-micro-v1:0", events::cut_off),
    ("nova/everything", "amazon.nova-lite-v1:0", events::calls),
    ("nova/server_tools", "amazon.nova-2-lite-v1:0", events::thinking),
    ("openai_chat/everything", "openai.gpt-oss-120b-1:0", events::calls),
    ("openai_chat/gpt_oss_reasoning", "openai.gpt-oss-20b-1:0", events::thinking),
    ("openai_chat/imported_completion", "openai.gpt-oss-20b-1:0", events::cut_off),
    ("openai_chat/jamba", "ai21.jamba-1-5-mini-v1:0", events::cut_off),
    ("openai_chat/kimi_reasoning", "moonshot.kimi-k2-thinking", events::thinking),
    ("openai_chat/mistral", "mistral.mistral-large-2407-v1:0", events::text),
    ("openai_chat/mistral_tools", "mistral.mistral-large-2407-v1:0", events::calls),
    ("openai_chat/pixtral", "mistral.pixtral-large-2502-v1:0", events::cut_off),
    ("openai_chat/voxtral", "mistral.voxtral-mini-3b-2507", events::text),
    ("prompt/titan_text", "amazon.titan-text-express-v1", events::cut_off),
    ("prompt/llama", "meta.llama3-8b-instruct-v1:0", events::text),
    ("prompt/llama_turns", "meta.llama3-2-11b-instruct-v1:0", events::text),
    ("prompt/mistral", "mistral.mistral-7b-instruct-v0:2", events::text),
    ("prompt/mixtral_turns", "mistral.mixtral-8x7b-instruct-v0:1", events::cut_off),
    ("prompt/cohere_command", "cohere.command-text-v14", events::cut_off),
    ("prompt/cohere_command_unstreamed", "cohere.command-text-v14", events::text),
    ("prompt/jurassic", "ai21.j2-mid-v1", events::text),
    ("prompt/deepseek", "deepseek.r1-v1:0", events::text),
    ("prompt/pegasus", "twelvelabs.pegasus-1-2-v1:0", events::cut_off),
];

fn fixture(name: &str) -> Vec<u8> {
    let root = env!("CARGO_MANIFEST_DIR");
    fs::read(format!("{root}/tests/fixtures/{name}.json")).unwrap()
}

#[test]
fn chats() {
    for (name, id, events) in CHATS {
        let model = model(id);
        let (parts, responder) =
            chat(&model, &fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let events = events();
        let choices = responder.choices() as usize;
        let answers = vec![fold(&events); choices];
        let mut told = vec![
            format!("{:#}\n", converse::parts(&parts)),
            format!("{}\n", responder.responses(&answers)),
        ];
        let (end, choice) = events.split_last().unwrap();
        let events = [vec![choice.to_vec(); choices].concat(), vec![end.clone()]].concat();
        let chunks = chunks(responder.as_ref(), &events, 12);
        told.extend(chunks.iter().map(Value::to_string));
        insta::assert_snapshot!(name.replace('/', "__"), told.join("\n"));
    }
}

#[test]
fn every_chat_fixture_is_asked() {
    for folder in ["anthropic", "cohere_chat", "nova", "openai_chat", "prompt"] {
        let root = env!("CARGO_MANIFEST_DIR");
        for file in fs::read_dir(format!("{root}/tests/fixtures/{folder}")).unwrap() {
            let file = file.unwrap().file_name().into_string().unwrap();
            let name = format!("{folder}/{}", file.trim_end_matches(".json"));
            let known = CHATS.iter().any(|(known, ..)| *known == name);
            assert!(known, "{name}");
        }
    }
}
