//! The member that the service adds to the last chunk of every native stream.

use bedrock_runtime_smithy::model::TokenUsage;
use serde_json::{Map, Value, json};

use crate::Timing;

const MEMBER: &str = "amazon-bedrock-invocationMetrics";

/// When the counts of cached tokens are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CacheCounts {
    /// In every answer (recorded for Nova).
    Always,
    /// When there are any (recorded for Claude).
    WhenUsed,
}

/// Adds the metrics to an answer's last chunk.
pub(crate) fn add(chunk: &mut Value, usage: &TokenUsage, timing: Timing, counts: CacheCounts) {
    if let Value::Object(members) = chunk {
        members.insert(
            MEMBER.to_owned(),
            Value::Object(metrics(usage, timing, counts)),
        );
    }
}

fn metrics(usage: &TokenUsage, timing: Timing, counts: CacheCounts) -> Map<String, Value> {
    let mut metrics = Map::new();
    let mut put = |name: &str, value: Value| metrics.insert(name.to_owned(), value);
    put(
        "inputTokenCount",
        json!(usage.input_tokens.unwrap_or_default()),
    );
    put(
        "outputTokenCount",
        json!(usage.output_tokens.unwrap_or_default()),
    );
    put("invocationLatency", milliseconds(timing.invocation_latency));
    put("firstByteLatency", milliseconds(timing.first_byte_latency));
    let read = usage.cache_read_input_tokens.unwrap_or_default();
    let written = usage.cache_write_input_tokens.unwrap_or_default();
    if counts == CacheCounts::Always || read > 0 || written > 0 {
        put("cacheReadInputTokenCount", json!(read));
        put("cacheWriteInputTokenCount", json!(written));
    }
    metrics
}

fn milliseconds(duration: std::time::Duration) -> Value {
    json!(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn members_come_in_the_recorded_order() {
        let usage = TokenUsage::builder()
            .input_tokens(Some(4))
            .output_tokens(Some(10))
            .cache_read_input_tokens(Some(1209))
            .build();
        let timing = Timing {
            first_byte_latency: Duration::from_micros(1_406_900),
            invocation_latency: Duration::from_millis(1410),
        };
        let mut chunk = json!({"type": "message_stop"});
        add(&mut chunk, &usage, timing, CacheCounts::WhenUsed);
        let expected = concat!(
            r#"{"type":"message_stop","amazon-bedrock-invocationMetrics":{"inputTokenCount":4,"outputTokenCount":10,"#,
            r#""invocationLatency":1410,"firstByteLatency":1406,"cacheReadInputTokenCount":1209,"cacheWriteInputTokenCount":0}}"#,
        );
        assert_eq!(chunk.to_string(), expected);
    }
}
