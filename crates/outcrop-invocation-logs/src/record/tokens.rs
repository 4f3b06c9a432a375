//! Tokens, where answers tell them.

use http::HeaderMap;
use serde_json::Value;

/// Counts; none where the answer tells none.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tokens {
    pub(super) input: Option<i64>,
    pub(super) output: Option<i64>,
    pub(super) cache_read: Option<i64>,
    pub(super) cache_write: Option<i64>,
}

impl Tokens {
    /// Of the answer of Converse.
    pub(super) fn of_usage(answer: &Value) -> Self {
        let count = |name| answer["usage"][name].as_i64();
        Self {
            input: count("inputTokens"),
            output: count("outputTokens"),
            cache_read: count("cacheReadInputTokens"),
            cache_write: count("cacheWriteInputTokens"),
        }
    }

    /// Of the head of an answer of `InvokeModel`.
    pub(super) fn of_headers(headers: &HeaderMap) -> Self {
        let count = |name: &str| headers.get(name)?.to_str().ok()?.parse().ok();
        Self {
            input: count("x-amzn-bedrock-input-token-count"),
            output: count("x-amzn-bedrock-output-token-count"),
            cache_read: count("x-amzn-bedrock-cache-read-input-token-count"),
            cache_write: count("x-amzn-bedrock-cache-write-input-token-count"),
        }
    }

    /// Of the last chunk of a native stream.
    pub(super) fn of_metrics(chunk: &Value) -> Self {
        let count = |name| chunk["amazon-bedrock-invocationMetrics"][name].as_i64();
        Self {
            input: count("inputTokenCount"),
            output: count("outputTokenCount"),
            cache_read: count("cacheReadInputTokenCount"),
            cache_write: count("cacheWriteInputTokenCount"),
        }
    }
}
