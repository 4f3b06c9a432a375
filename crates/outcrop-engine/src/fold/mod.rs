//! The fold: a whole answer out of a stream of events.
//!
//! Converse sends what `ConverseStream` streams, folded. What differs between the two shapes is
//! settled here: the relaxed `Stream…` types become the strict ones, and the usage gains the
//! members that only Converse has.

mod block;
mod relaxed;

use std::collections::BTreeMap;

use aws_smithy_types::Document;
use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, ConverseStreamMetadataEvent, ConverseTrace, Message,
    MessageStopEvent, PerformanceConfiguration, ServiceTier, StopReason, TokenUsage,
};
use futures_util::StreamExt;

use crate::{EngineError, EventStream, StreamEvent};
use block::BlockBuilder;

/// A whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What the model said, its blocks in the order of their indexes.
    pub message: Message,
    /// Why it stopped.
    pub stop_reason: StopReason,
    /// Tokens in and out.
    pub usage: TokenUsage,
    /// Milliseconds.
    pub latency_ms: i64,
    /// What guardrails and prompt routers did.
    pub trace: Option<ConverseTrace>,
    /// The latency that the model was asked for.
    pub performance_config: Option<PerformanceConfiguration>,
    /// The tier that served the request.
    pub service_tier: Option<ServiceTier>,
    /// What the request's response field paths asked for.
    pub additional_model_response_fields: Option<Document>,
}

/// Folds a stream into one answer.
///
/// # Errors
///
/// The stream's own error; [`EngineError::Internal`] when the stream ends without a stop reason or
/// its events contradict each other, which is a fault of the engine's.
pub async fn fold(mut events: EventStream) -> Result<Answer, EngineError> {
    let mut fold = Fold::default();
    while let Some(event) = events.next().await {
        fold.push(event?)?;
    }
    fold.finish()
}

#[derive(Default)]
struct Fold {
    blocks: BTreeMap<i32, BlockBuilder>,
    stop: Option<MessageStopEvent>,
    metadata: Option<ConverseStreamMetadataEvent>,
}

impl Fold {
    fn push(&mut self, event: StreamEvent) -> Result<(), EngineError> {
        match event {
            StreamEvent::MessageStart(_) | StreamEvent::ContentBlockStop(_) => {}
            StreamEvent::ContentBlockStart(event) => {
                let index = event.content_block_index.unwrap_or_default();
                if let Some(start) = event.start {
                    self.blocks.insert(index, BlockBuilder::start(start));
                }
            }
            StreamEvent::ContentBlockDelta(event) => {
                let index = event.content_block_index.unwrap_or_default();
                if let Some(delta) = event.delta {
                    self.blocks.entry(index).or_default().push(delta)?;
                }
            }
            StreamEvent::MessageStop(event) => self.stop = Some(event),
            StreamEvent::Metadata(event) => self.metadata = Some(event),
        }
        Ok(())
    }

    fn finish(self) -> Result<Answer, EngineError> {
        let incomplete =
            || EngineError::Internal("The answer ended before it was complete.".into());
        let stop = self.stop.ok_or_else(incomplete)?;
        let metadata = self.metadata.ok_or_else(incomplete)?;
        let stop_reason = stop.stop_reason.ok_or_else(incomplete)?;
        let cut = matches!(
            stop_reason,
            StopReason::MaxTokens | StopReason::ModelContextWindowExceeded
        );
        let blocks = self.blocks.into_values().map(|block| block.finish(cut));
        let content = blocks.collect::<Result<Vec<Option<ContentBlock>>, _>>()?;
        Ok(Answer {
            message: Message {
                role: ConversationRole::Assistant,
                content: content.into_iter().flatten().collect(),
            },
            stop_reason,
            usage: metadata.usage.ok_or_else(incomplete)?,
            latency_ms: metadata
                .metrics
                .and_then(|metrics| metrics.latency_ms)
                .unwrap_or_default(),
            trace: metadata.trace.map(|trace| ConverseTrace {
                guardrail: trace.guardrail,
                prompt_router: trace.prompt_router,
            }),
            performance_config: metadata.performance_config,
            service_tier: metadata
                .service_tier
                .as_ref()
                .and_then(relaxed::service_tier),
            additional_model_response_fields: stop.additional_model_response_fields,
        })
    }
}

#[cfg(test)]
mod tests;
