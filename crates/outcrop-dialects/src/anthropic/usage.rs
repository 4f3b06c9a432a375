//! `usage`, with the members and the order of each generation (recorded).

use bedrock_runtime_smithy::model::{CacheTtl, TokenUsage};
use serde_json::{Map, Value, json};

use super::generation::Generation;

/// The usage of a whole answer.
pub(super) fn whole(generation: Generation, usage: &TokenUsage, thinking_tokens: u64) -> Value {
    let mut members = input(generation, usage);
    let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
    put(
        "output_tokens",
        json!(usage.output_tokens.unwrap_or_default()),
    );
    if generation == Generation::Newest {
        put(
            "output_tokens_details",
            json!({"thinking_tokens": thinking_tokens}),
        );
        put("service_tier", json!("standard"));
    }
    Value::Object(members)
}

/// The usage that a stream starts with.
pub(super) fn start(generation: Generation, input_tokens: u32) -> Value {
    let input_tokens = i32::try_from(input_tokens).unwrap_or(i32::MAX);
    let usage = TokenUsage::builder()
        .input_tokens(Some(input_tokens))
        .output_tokens(Some(1))
        .build();
    whole(generation, &usage, 0)
}

/// The usage that a stream ends with: cumulative, and complete where cached tokens are counted.
pub(super) fn end(generation: Generation, usage: &TokenUsage) -> Value {
    let mut members = match generation {
        Generation::Classic => Map::new(),
        _ => input(generation, usage),
    };
    members.remove("cache_creation");
    members.insert(
        "output_tokens".to_owned(),
        json!(usage.output_tokens.unwrap_or_default()),
    );
    Value::Object(members)
}

fn input(generation: Generation, usage: &TokenUsage) -> Map<String, Value> {
    let mut members = Map::new();
    let mut put = |name: &str, value: Value| members.insert(name.to_owned(), value);
    put(
        "input_tokens",
        json!(usage.input_tokens.unwrap_or_default()),
    );
    if generation > Generation::Classic {
        let written = usage.cache_write_input_tokens.unwrap_or_default();
        put("cache_creation_input_tokens", json!(written));
        put(
            "cache_read_input_tokens",
            json!(usage.cache_read_input_tokens.unwrap_or_default()),
        );
        if generation > Generation::Caching {
            let hour = written_for_an_hour(usage);
            put(
                "cache_creation",
                json!({"ephemeral_5m_input_tokens": written.saturating_sub(hour), "ephemeral_1h_input_tokens": hour}),
            );
        }
    }
    members
}

fn written_for_an_hour(usage: &TokenUsage) -> i32 {
    let details = usage.cache_details.iter().flatten();
    let hour = details.filter(|detail| detail.ttl == Some(CacheTtl::OneHour));
    hour.filter_map(|detail| detail.input_tokens).sum()
}
