//! Token counts.

use bedrock_runtime_smithy::model::{CacheDetail, CacheTtl, ServerToolUsage, TokenUsage};
use serde::Deserialize;

/// `usage`, of which a stream tells parts at its start and at its end.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct Usage {
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    cache_creation_input_tokens: Option<u64>,
    cache_read_input_tokens: Option<u64>,
    cache_creation: Option<CacheCreation>,
}

/// What was written to the cache, by its time to live.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
struct CacheCreation {
    ephemeral_5m_input_tokens: Option<u64>,
    ephemeral_1h_input_tokens: Option<u64>,
}

impl Usage {
    /// Takes later counts, which are of the whole answer. A zero takes nothing back: some servers fill
    /// in what they do not know.
    pub(super) fn update(&mut self, later: &Self) {
        let update = |known: &mut Option<u64>, later: Option<u64>| {
            if known.is_none() || later.is_some_and(|tokens| tokens > 0) {
                *known = later.or(*known);
            }
        };
        update(&mut self.input_tokens, later.input_tokens);
        update(&mut self.output_tokens, later.output_tokens);
        update(
            &mut self.cache_creation_input_tokens,
            later.cache_creation_input_tokens,
        );
        update(
            &mut self.cache_read_input_tokens,
            later.cache_read_input_tokens,
        );
        self.cache_creation = later.cache_creation.or(self.cache_creation);
    }

    /// As Converse has it; nothing where the server does not count. `caches` says whether the request
    /// asks for a cache: streams of the service tell of it only then (recorded).
    pub(super) fn counted(&self, caches: bool) -> Option<TokenUsage> {
        let (input, output) = (self.input_tokens?, self.output_tokens.unwrap_or_default());
        let read = self.cache_read_input_tokens.unwrap_or_default();
        let written = self.cache_creation_input_tokens.unwrap_or_default();
        let told = |tokens| (caches || read + written > 0).then(|| clamp(tokens));
        Some(TokenUsage {
            input_tokens: Some(clamp(input)),
            output_tokens: Some(clamp(output)),
            total_tokens: Some(clamp(input + output + read + written)),
            cache_read_input_tokens: told(read),
            cache_read_input_token_count: told(read),
            cache_write_input_tokens: told(written),
            cache_write_input_token_count: told(written),
            cache_details: self.details(written),
            server_tool_usage: Some(ServerToolUsage {}),
        })
    }

    /// By time to live, and only what was written. Without a word of it, it is five minutes.
    fn details(&self, written: u64) -> Option<Vec<CacheDetail>> {
        let by_ttl = self.cache_creation.unwrap_or(CacheCreation {
            ephemeral_5m_input_tokens: Some(written),
            ephemeral_1h_input_tokens: None,
        });
        let details: Vec<_> = [
            (by_ttl.ephemeral_1h_input_tokens, CacheTtl::OneHour),
            (by_ttl.ephemeral_5m_input_tokens, CacheTtl::FiveMinutes),
        ]
        .into_iter()
        .filter_map(|(tokens, ttl)| {
            let tokens = tokens.filter(|tokens| *tokens > 0)?;
            Some(CacheDetail {
                input_tokens: Some(clamp(tokens)),
                ttl: Some(ttl),
            })
        })
        .collect();
        (!details.is_empty()).then_some(details)
    }
}

fn clamp(tokens: u64) -> i32 {
    i32::try_from(tokens).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn usage(parts: &[Value], caches: bool) -> Option<TokenUsage> {
        let mut usage = Usage::default();
        for part in parts {
            usage.update(&serde_json::from_value(part.clone()).unwrap());
        }
        usage.counted(caches)
    }

    #[test]
    fn later_counts_win_and_zeros_take_nothing_back() {
        let start = json!({"input_tokens": 10, "output_tokens": 1});
        let end = json!({"input_tokens": 0, "output_tokens": 7, "unknown": {}});
        let usage = usage(&[start, end], false).unwrap();
        assert_eq!(
            (usage.input_tokens, usage.output_tokens),
            (Some(10), Some(7))
        );
        assert_eq!(usage.total_tokens, Some(17));
        assert_eq!(usage.cache_read_input_tokens, None);
    }

    #[test]
    fn the_cache_counts_beside_the_input() {
        let told = json!({
            "input_tokens": 3, "output_tokens": 2, "cache_read_input_tokens": 100, "cache_creation_input_tokens": 50,
            "cache_creation": {"ephemeral_5m_input_tokens": 20, "ephemeral_1h_input_tokens": 30},
        });
        let usage = usage(&[told], false).unwrap();
        assert_eq!(usage.total_tokens, Some(155));
        assert_eq!(usage.cache_write_input_token_count, Some(50));
        let details = usage.cache_details.unwrap();
        let details = details
            .iter()
            .map(|detail| (detail.ttl, detail.input_tokens));
        assert!(details.eq([
            (Some(CacheTtl::OneHour), Some(30)),
            (Some(CacheTtl::FiveMinutes), Some(20)),
        ]));
    }

    #[test]
    fn a_request_for_a_cache_gets_its_zeros() {
        let told = json!({"input_tokens": 3, "cache_read_input_tokens": 0});
        let usage = usage(&[told], true).unwrap();
        assert_eq!(usage.cache_read_input_tokens, Some(0));
        assert_eq!(usage.cache_details, None);
        assert_eq!(super::Usage::default().counted(true), None);
    }
}
