//! Token counts as `usage` reports them.

use bedrock_runtime_smithy::model::{CacheDetail, CacheTtl, ServerToolUsage, TokenUsage};

use super::cache::CacheUsage;

/// The `usage` of an answer. `input` is everything that was sent, what was read from the cache included; `cache` is
/// there for a request with cache points.
pub(super) fn usage(input: u64, output: u64, cache: Option<CacheUsage>) -> TokenUsage {
    let CacheUsage {
        read,
        written_5m,
        written_1h,
    } = cache.unwrap_or_default();
    let written = written_5m + written_1h;
    let reported = |tokens: u64| cache.map(|_| clamp(tokens));
    let details = [
        (written_1h, CacheTtl::OneHour),
        (written_5m, CacheTtl::FiveMinutes),
    ]
    .into_iter()
    .filter(|(tokens, _)| *tokens > 0)
    .map(|(tokens, ttl)| CacheDetail {
        input_tokens: Some(clamp(tokens)),
        ttl: Some(ttl),
    })
    .collect();
    TokenUsage {
        input_tokens: Some(clamp(input.saturating_sub(read + written))),
        output_tokens: Some(clamp(output)),
        total_tokens: Some(clamp(input + output)),
        cache_read_input_tokens: reported(read),
        cache_read_input_token_count: reported(read),
        cache_write_input_tokens: reported(written),
        cache_write_input_token_count: reported(written),
        cache_details: Some(details).filter(|details: &Vec<_>| !details.is_empty()),
        server_tool_usage: Some(ServerToolUsage {}),
    }
}

/// A count as the API has it.
pub(super) fn clamp(tokens: u64) -> i32 {
    i32::try_from(tokens).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_the_sum_of_all_counts() {
        let cache = CacheUsage {
            read: 100,
            written_5m: 20,
            written_1h: 3,
        };
        let usage = usage(130, 5, Some(cache));
        assert_eq!(usage.input_tokens, Some(7));
        assert_eq!(usage.cache_write_input_tokens, Some(23));
        assert_eq!(usage.total_tokens, Some(7 + 5 + 100 + 23));
        let details = usage.cache_details.unwrap();
        assert_eq!(details[0].ttl, Some(CacheTtl::OneHour));
        assert_eq!(details[1].input_tokens, Some(20));
    }

    #[test]
    fn cache_counts_are_there_only_for_requests_that_use_the_cache() {
        let without = usage(10, 5, None);
        assert_eq!(
            (without.cache_read_input_tokens, without.cache_details),
            (None, None)
        );
        let unused = usage(10, 5, Some(CacheUsage::default()));
        assert_eq!(
            (unused.cache_read_input_tokens, unused.cache_details),
            (Some(0), None)
        );
    }
}
