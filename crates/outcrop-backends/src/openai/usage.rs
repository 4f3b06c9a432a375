//! Token counts, whatever a server calls them.

use bedrock_runtime_smithy::model::{ServerToolUsage, TokenUsage};
use serde_json::Value;

/// Bytes of text that count as one token where a server does not count.
const BYTES_PER_TOKEN: usize = 4;

/// Where servers tell what they read from their cache: `OpenAI`, `DeepSeek`, Moonshot, Anthropic's words.
const CACHE_READ: &[&[&str]] = &[
    &["prompt_tokens_details", "cached_tokens"],
    &["prompt_cache_hit_tokens"],
    &["cached_tokens"],
    &["cache_read_input_tokens"],
];

/// Where they tell what they wrote to it.
const CACHE_WRITTEN: &[&[&str]] = &[
    &["prompt_tokens_details", "cache_write_tokens"],
    &["cache_creation_input_tokens"],
];

/// The counts of a server. Bedrock does not count the tokens of the cache as input.
pub(super) fn reported(usage: &Value) -> Option<TokenUsage> {
    let input = count(usage, &[&["prompt_tokens"]])?;
    let output = count(usage, &[&["completion_tokens"]]).unwrap_or_default();
    let read = count(usage, CACHE_READ);
    let written = count(usage, CACHE_WRITTEN);
    let cached = read.unwrap_or_default() + written.unwrap_or_default();
    Some(TokenUsage {
        input_tokens: Some(clamp(input.saturating_sub(cached))),
        output_tokens: Some(clamp(output)),
        total_tokens: Some(clamp(input.max(cached) + output)),
        cache_read_input_tokens: read.map(clamp),
        cache_read_input_token_count: read.map(clamp),
        cache_write_input_tokens: written.map(clamp),
        cache_write_input_token_count: written.map(clamp),
        cache_details: None,
        server_tool_usage: Some(ServerToolUsage {}),
    })
}

/// What a server that does not count may have used.
pub(crate) fn estimated(input_bytes: usize, output_bytes: usize) -> TokenUsage {
    let tokens = |bytes: usize| bytes.div_ceil(BYTES_PER_TOKEN) as u64;
    let (input, output) = (tokens(input_bytes), tokens(output_bytes));
    TokenUsage {
        input_tokens: Some(clamp(input)),
        output_tokens: Some(clamp(output)),
        total_tokens: Some(clamp(input + output)),
        cache_read_input_tokens: None,
        cache_read_input_token_count: None,
        cache_write_input_tokens: None,
        cache_write_input_token_count: None,
        cache_details: None,
        server_tool_usage: Some(ServerToolUsage {}),
    }
}

/// The first count at one of these places, each told by its members from the outermost inwards.
fn count(usage: &Value, places: &[&[&str]]) -> Option<u64> {
    places.iter().find_map(|place| {
        let found = place.iter().try_fold(usage, |at, member| at.get(*member));
        found?.as_u64()
    })
}

fn clamp(tokens: u64) -> i32 {
    i32::try_from(tokens).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tokens_of_the_cache_are_no_input() {
        let usage = reported(&json!({
            "prompt_tokens": 100, "completion_tokens": 7, "total_tokens": 107,
            "prompt_tokens_details": {"cached_tokens": 60}, "cache_creation_input_tokens": 10,
        }))
        .unwrap();
        assert_eq!(
            (usage.input_tokens, usage.total_tokens),
            (Some(30), Some(107))
        );
        assert_eq!(usage.cache_read_input_tokens, Some(60));
        assert_eq!(usage.cache_write_input_tokens, Some(10));
    }

    #[test]
    fn every_name_of_cached_tokens_is_known() {
        for usage in [
            json!({"prompt_tokens": 9, "prompt_cache_hit_tokens": 4}),
            json!({"prompt_tokens": 9, "cached_tokens": 4}),
            json!({"prompt_tokens": 9, "prompt_tokens_details": null, "cached_tokens": 4}),
            json!({"prompt_tokens": 9, "cache_read_input_tokens": 4}),
        ] {
            assert_eq!(
                reported(&usage).unwrap().cache_read_input_tokens,
                Some(4),
                "{usage}"
            );
        }
        let without = reported(&json!({"prompt_tokens": 9})).unwrap();
        assert_eq!(
            (without.input_tokens, without.cache_read_input_tokens),
            (Some(9), None)
        );
    }

    #[test]
    fn what_counts_nothing_is_no_usage() {
        for usage in [
            json!(null),
            json!({}),
            json!({"prompt_tokens": null}),
            json!("x"),
        ] {
            assert_eq!(reported(&usage), None, "{usage}");
        }
        assert_eq!(estimated(9, 4).total_tokens, Some(4));
    }
}
