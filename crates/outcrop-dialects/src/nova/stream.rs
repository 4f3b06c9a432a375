//! An answer's events as chunks.

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ContentBlockStart, ConverseStreamMetadataEvent, ReasoningContentBlockDelta,
    StopReason, TokenUsage,
};
use outcrop_engine::StreamEvent;
use serde_json::{Value, json};

use crate::metrics::{self, CacheCounts};
use crate::{ChatStream, Timing};

/// Says the events of one answer. Each piece of text is a block of its own, with an index of its own (recorded).
#[derive(Default)]
pub(super) struct PieceStream {
    index: u32,
    /// The block at `index` is a tool call that has not stopped.
    calling: bool,
}

impl PieceStream {
    fn piece(&mut self, delta: &Value) -> Vec<Value> {
        let chunk = json!({"contentBlockDelta": {"delta": delta, "contentBlockIndex": self.index}});
        if self.calling {
            vec![chunk]
        } else {
            vec![chunk, self.stop()]
        }
    }

    fn stop(&mut self) -> Value {
        let chunk = json!({"contentBlockStop": {"contentBlockIndex": self.index}});
        self.calling = false;
        self.index += 1;
        chunk
    }

    fn start(&mut self, start: ContentBlockStart) -> Vec<Value> {
        let ContentBlockStart::ToolUse(call) = start else {
            return Vec::new();
        };
        self.calling = true;
        let r#type = call.r#type;
        let mut call = json!({"toolUseId": call.tool_use_id, "name": call.name});
        if let Some(r#type) = r#type {
            call["type"] = json!(r#type);
        }
        vec![
            json!({"contentBlockStart": {"start": {"toolUse": call}, "contentBlockIndex": self.index}}),
        ]
    }

    fn delta(&mut self, delta: ContentBlockDelta) -> Vec<Value> {
        match delta {
            ContentBlockDelta::Text(text) => self.piece(&json!({"text": text})),
            ContentBlockDelta::ToolUse(delta) => {
                self.piece(&json!({"toolUse": {"input": delta.input}}))
            }
            ContentBlockDelta::ReasoningContent(ReasoningContentBlockDelta::Text(text)) => {
                self.piece(&json!({"reasoningContent": {"text": text}}))
            }
            _ => Vec::new(),
        }
    }
}

impl ChatStream for PieceStream {
    fn chunks(&mut self, event: StreamEvent, timing: Timing) -> Vec<Value> {
        match event {
            StreamEvent::MessageStart(_) => vec![json!({"messageStart": {"role": "assistant"}})],
            StreamEvent::ContentBlockStart(event) => event
                .start
                .map(|start| self.start(start))
                .unwrap_or_default(),
            StreamEvent::ContentBlockDelta(event) => event
                .delta
                .map(|delta| self.delta(delta))
                .unwrap_or_default(),
            StreamEvent::ContentBlockStop(_) if self.calling => vec![self.stop()],
            StreamEvent::ContentBlockStop(_) => Vec::new(),
            StreamEvent::MessageStop(event) => {
                let reason = event.stop_reason.as_ref().map(StopReason::as_str);
                vec![json!({"messageStop": {"stopReason": reason}})]
            }
            StreamEvent::Metadata(event) => vec![metadata(event, timing)],
        }
    }
}

fn metadata(event: ConverseStreamMetadataEvent, timing: Timing) -> Value {
    let usage = event.usage.unwrap_or_else(|| TokenUsage::builder().build());
    let mut chunk = json!({"metadata": {
        "usage": {
            "inputTokens": usage.input_tokens.unwrap_or_default(),
            "outputTokens": usage.output_tokens.unwrap_or_default(),
            "cacheReadInputTokenCount": usage.cache_read_input_tokens.unwrap_or_default(),
            "cacheWriteInputTokenCount": usage.cache_write_input_tokens.unwrap_or_default(),
        },
        "metrics": {},
        "trace": {},
    }});
    metrics::add(&mut chunk, &usage, timing, CacheCounts::Always);
    chunk
}
