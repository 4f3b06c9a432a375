//! The answer in place of a model's, where a request is blocked.

use std::time::{Duration, Instant};

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ContentBlockDeltaEvent, ContentBlockStopEvent, ConversationRole,
    ConverseStreamMetadataEvent, ConverseStreamMetrics, MessageStartEvent, MessageStopEvent,
    ServerToolUsage, StopReason, TokenUsage,
};
use futures_util::stream;
use outcrop_engine::{ConverseRequest, Engine, EngineError, EventStream, StreamEvent};

use super::Exchange;

/// A blocked request's answer.
pub(crate) struct Blocked {
    /// The guardrail's message.
    pub(crate) message: String,
    /// `guardrail_intervened`; in native bodies it stopped as if it had ended.
    pub(crate) stop_reason: StopReason,
    /// How long it took.
    pub(crate) latency: Duration,
}

impl Blocked {
    /// The events that say it: the message, and a usage of nothing (recorded).
    pub(crate) fn events(&self, exchange: &Exchange) -> EventStream {
        let events = [
            StreamEvent::MessageStart(MessageStartEvent {
                p: None,
                role: Some(ConversationRole::Assistant),
            }),
            StreamEvent::ContentBlockDelta(ContentBlockDeltaEvent {
                content_block_index: Some(0),
                delta: Some(ContentBlockDelta::Text(self.message.clone())),
                p: None,
            }),
            StreamEvent::ContentBlockStop(ContentBlockStopEvent {
                content_block_index: Some(0),
                p: None,
            }),
            StreamEvent::MessageStop(MessageStopEvent {
                additional_model_response_fields: None,
                p: None,
                stop_reason: Some(self.stop_reason),
            }),
            StreamEvent::Metadata(ConverseStreamMetadataEvent {
                metrics: Some(ConverseStreamMetrics {
                    latency_ms: Some(i64::try_from(self.latency.as_millis()).unwrap_or(i64::MAX)),
                }),
                p: None,
                performance_config: None,
                service_tier: None,
                trace: exchange.stream_trace(None),
                usage: Some(no_usage()),
            }),
        ];
        Box::pin(stream::iter(events.map(Ok)))
    }
}

fn no_usage() -> TokenUsage {
    TokenUsage {
        cache_details: None,
        cache_read_input_token_count: None,
        cache_read_input_tokens: None,
        cache_write_input_token_count: None,
        cache_write_input_tokens: None,
        input_tokens: Some(0),
        output_tokens: Some(0),
        server_tool_usage: Some(ServerToolUsage {}),
        total_tokens: Some(0),
    }
}

/// Asks the engine, unless the guardrails block the request. An exchange that comes back has an answer to assess; a blocked
/// request's answer tells everything itself.
pub(crate) async fn answer(
    engine: &dyn Engine,
    exchange: Option<Exchange>,
    mut request: ConverseRequest,
) -> Result<(EventStream, Option<Exchange>), EngineError> {
    let Some(mut exchange) = exchange else {
        return Ok((engine.converse(request).await?, None));
    };
    let started = Instant::now();
    let Some(message) = exchange.input(&mut request).await? else {
        return Ok((engine.converse(request).await?, Some(exchange)));
    };
    let blocked = Blocked {
        message,
        stop_reason: StopReason::GuardrailIntervened,
        latency: started.elapsed(),
    };
    Ok((blocked.events(&exchange), None))
}
