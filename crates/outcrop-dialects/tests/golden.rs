//! Whole bodies in, whole answers out.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

mod support;

use std::fs;

use outcrop_dialects::{Call, dialect};
use outcrop_engine::{EmbedInput, Embeddings, RerankResult, StreamEvent};
use serde_json::Value;
use support::{chat, chunks, converse, events, fold, model};

type Events = fn() -> Vec<StreamEvent>;

/// A fixture, who it is for, and what the engine answers.
const CHATS: &[(&str, &str, Events)] = &[
    (
        "anthropic/text",
        "anthropic.claude-3-haiku-20240307-v1:0",
        events::text,
    ),
    (
        "anthropic/everything",
        "anthropic.claude-opus-4-6-v1",
        events::thinking,
    ),
    (
        "anthropic/tools",
        "anthropic.claude-sonnet-4-20250514-v1:0",
        events::calls,
    ),
    (
        "anthropic/tool_choice_none",
        "anthropic.claude-opus-5",
        events::thinking,
    ),
    (
        "anthropic/text_completion",
        "anthropic.claude-v2:1",
        events::text,
    ),
    ("nova/text", "amazon.nova-micro-v1:0", events::cut_off),
    ("nova/everything", "amazon.nova-lite-v1:0", events::calls),
    (
        "openai_chat/everything",
        "openai.gpt-oss-120b-1:0",
        events::calls,
    ),
    (
        "openai_chat/jamba",
        "ai21.jamba-1-5-mini-v1:0",
        events::cut_off,
    ),
    (
        "openai_chat/mistral",
        "mistral.mistral-large-2407-v1:0",
        events::text,
    ),
    (
        "prompt/titan_text",
        "amazon.titan-text-express-v1",
        events::cut_off,
    ),
    ("prompt/llama", "meta.llama3-8b-instruct-v1:0", events::text),
    (
        "prompt/mistral",
        "mistral.mistral-7b-instruct-v0:2",
        events::text,
    ),
    (
        "prompt/cohere_command",
        "cohere.command-text-v14",
        events::cut_off,
    ),
    (
        "prompt/cohere_command_unstreamed",
        "cohere.command-text-v14",
        events::text,
    ),
    ("prompt/cohere_chat", "cohere.command-r-v1:0", events::text),
    ("prompt/jurassic", "ai21.j2-mid-v1", events::text),
    ("prompt/deepseek", "deepseek.r1-v1:0", events::text),
];

/// The same for what is no chat.
const OTHERS: &[(&str, &str)] = &[
    ("embed/titan_v1", "amazon.titan-embed-text-v1"),
    ("embed/titan_v2", "amazon.titan-embed-text-v2:0"),
    ("embed/titan_image", "amazon.titan-embed-image-v1"),
    ("embed/cohere_english", "cohere.embed-english-v3"),
    ("embed/cohere_multilingual", "cohere.embed-multilingual-v3"),
    ("embed/cohere_v4", "cohere.embed-v4:0"),
    ("embed/nova", "amazon.nova-2-multimodal-embeddings-v1:0"),
    ("rerank/cohere", "cohere.rerank-v3-5:0"),
    ("image/nova_canvas", "amazon.nova-canvas-v1:0"),
    ("image/stable_image", "stability.sd3-5-large-v1:0"),
    ("image/stable_diffusion", "stability.stable-diffusion-xl-v1"),
];

fn fixture(name: &str) -> Vec<u8> {
    fs::read(format!(
        "{}/tests/fixtures/{name}.json",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap()
}

fn snapshot(name: &str, text: &str) {
    insta::assert_snapshot!(name.replace('/', "__"), text);
}

#[test]
fn chats() {
    for (name, id, events) in CHATS {
        let model = model(id);
        let (parts, responder) =
            chat(&model, &fixture(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let events = events();
        let mut told = vec![
            format!("{:#}\n", converse::parts(&parts)),
            format!("{}\n", responder.response(&fold(&events))),
        ];
        let chunks = chunks(responder.as_ref(), &events, 12);
        told.extend(chunks.iter().map(Value::to_string));
        snapshot(name, &told.join("\n"));
    }
}

#[test]
fn other_calls() {
    for (name, id) in OTHERS {
        let model = model(id);
        let call = dialect(&model)
            .request(&model, &fixture(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let (asked, told) = match call {
            Call::Embed(parts, responder) => {
                let vectors = vec![vec![0.5, -0.25, 0.1]; parts.inputs.len()];
                let inputs: Vec<_> = parts.inputs.iter().map(input).collect();
                let asked = format!("{inputs:?} {} {}", parts.dimensions, parts.normalize);
                (
                    asked,
                    responder.response(&Embeddings {
                        vectors,
                        input_tokens: 5,
                    }),
                )
            }
            Call::Rerank(parts, responder) => {
                let results = [(2, 0.75), (0, 0.1)];
                let results = results.map(|(index, relevance_score)| RerankResult {
                    index,
                    relevance_score,
                });
                (format!("{parts:?}"), responder.response(&results))
            }
            Call::Image(parts, responder) => {
                let images = vec![b"png".to_vec(); parts.count as usize];
                (format!("{parts:?}"), responder.response(&images))
            }
            Call::Converse(..) => ("a chat".to_owned(), Value::Null),
        };
        snapshot(name, &format!("{asked}\n\n{told}"));
    }
}

fn input(input: &EmbedInput) -> String {
    match input {
        EmbedInput::Text(text) => text.clone(),
        EmbedInput::Image(image) => format!("{} bytes", image.len()),
        EmbedInput::TextAndImage(text, image) => format!("{text} and {} bytes", image.len()),
    }
}
