use std::path::Path;

use outcrop_backends::route::{Target, Use};

use super::ModelMapFile;

fn parse(text: &str, has_default: bool) -> Result<ModelMapFile, String> {
    let variable = |name: &str| (name == "GROQ_API_KEY").then(|| "canary".to_owned());
    ModelMapFile::parse(Path::new("map.toml"), text, has_default, variable)
}

/// The targets for an id, as `backend/model`.
fn leads(map: &ModelMapFile, asked: Use, id: &str) -> Vec<String> {
    let route = map.routes.iter().find(|route| route.fits(asked, &[id]));
    let targets = route.into_iter().flat_map(|route| &route.targets);
    targets
        .map(|target| match target {
            Target::Canned => "canned".to_owned(),
            Target::Backend { backend, model, .. } => format!("{backend}/{model}"),
        })
        .collect()
}

const SONNET: &str = "anthropic.claude-3-5-sonnet-20241022-v2:0";
const HAIKU: &str = "anthropic.claude-3-haiku-20240307-v1:0";
const TITAN: &str = "amazon.titan-embed-text-v2:0";

#[test]
fn entries_are_merged_over_the_defaults() {
    let text = format!("[invoke]\n\"{SONNET}\" = 'qwen2.5:32b'\n[embed]\n\"{TITAN}\" = 'mxbai'\n");
    let map = parse(&text, true).unwrap();
    assert_eq!(leads(&map, Use::Chat, SONNET), ["default/qwen2.5:32b"]);
    assert_eq!(leads(&map, Use::Chat, HAIKU), ["default/llama3.1:8b"]);
    assert_eq!(leads(&map, Use::Embeddings, TITAN), ["default/mxbai"]);
    let cohere = "cohere.embed-english-v3";
    assert_eq!(
        leads(&map, Use::Embeddings, cohere),
        ["default/nomic-embed-text"]
    );
    assert!(leads(&map, Use::Chat, "acme.chat-v1:0").is_empty());
}

#[test]
fn each_use_looks_into_its_own_table_first() {
    let text =
        "[invoke]\n'acme.both' = 'chat'\n'acme.chat' = 'chat'\n[embed]\n'acme.both' = 'embed'\n";
    let map = parse(text, true).unwrap();
    assert_eq!(leads(&map, Use::Chat, "acme.both"), ["default/chat"]);
    assert_eq!(leads(&map, Use::Embeddings, "acme.both"), ["default/embed"]);
    assert_eq!(leads(&map, Use::Embeddings, "acme.chat"), ["default/chat"]);
}

#[test]
fn a_whole_configuration_is_read() {
    let text = format!(
        "default_backend = 'local'\n[credentials.groq]\napi_key_env = 'GROQ_API_KEY'\n\
         [backends.local]\nprovider = 'ollama'\nendpoint = 'http://localhost:11434/v1'\n\
         [backends.groq]\nendpoint = 'https://api.groq.com/openai/v1'\ncredential = 'groq'\n\
         [aliases.\"{SONNET}\"]\nstrategy = 'first'\ntargets = [\n\
         {{ backend = 'groq', tag = 'big', timeout_ms = 8000 }},\n{{ backend = 'local', tag = 'small', temperature = 0.2 }},\n]\n\
         [invoke]\n\"{HAIKU}\" = {{ backend = 'groq', tag = 'fast' }}\n[pricing.\"{HAIKU}\"]\ninput_per_million_tokens = 1.0\n"
    );
    let map = parse(&text, false).unwrap();
    assert_eq!(leads(&map, Use::Chat, SONNET), ["groq/big", "local/small"]);
    assert_eq!(leads(&map, Use::Chat, HAIKU), ["groq/fast"]);
    assert_eq!(
        leads(&map, Use::Embeddings, TITAN),
        ["local/nomic-embed-text"]
    );
    let groq = &map.backends[0];
    assert_eq!(groq.name(), "groq");
    assert_eq!(groq.api_key.as_ref().unwrap().0, "canary");
    assert_eq!(map.ignored, ["pricing"]);
}

#[test]
fn what_leads_nowhere_is_told() {
    for (text, word) in [
        ("[invoke]\n'a' = 'm'\n", "set `backend`"),
        (
            "[invoke]\n'a' = { backend = 'b', tag = 'm' }\n",
            "no backend b",
        ),
        ("default_backend = 'b'\n", "`default_backend` is b"),
        ("[aliases.'a']\ntargets = []\n", "no targets"),
        (
            "[invoke]\n'a b' = { backend = 'b', tag = 'm' }\n[backends.b]\nendpoint = 'http://h'\n",
            "no pattern",
        ),
        (
            "[backends.b]\nendpoint = 'http://h'\napi_key_env = 'NONE'\n",
            "NONE",
        ),
        (
            "[backends.b]\nendpoint = 'http://h'\ncredential = 'c'\n",
            "[credentials.c]",
        ),
        ("invoke = 1\n", "invoke"),
    ] {
        let message = parse(text, false).unwrap_err();
        assert!(message.contains(word), "{text}: {message}");
    }
}
