//! An answer's events as chunks.

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ContentBlockStart, ConverseStreamMetadataEvent, ReasoningContentBlockDelta,
    StopReason, TokenUsage,
};
use outcrop_engine::StreamEvent;
use serde_json::{Value, json};

use super::Variant;
use super::response::{REASONING, REASONING_END, Responder};
use crate::metrics::{self, CacheCounts};
use crate::{ChatResponder, ChatStream, Timing, choices};

/// Says the events of one answer.
pub(super) struct ChoiceStream {
    responder: Responder,
    /// Tool calls so far.
    calls: usize,
    /// Whether a tag has opened reasoning that is part of the text.
    reasons: bool,
    stop: StopReason,
}

impl ChoiceStream {
    pub(super) fn new(responder: Responder) -> Self {
        Self {
            responder,
            calls: 0,
            reasons: false,
            stop: StopReason::EndTurn,
        }
    }

    /// A chunk for each choice.
    fn chunk(&self, delta: &Value, reason: Option<StopReason>) -> Vec<Value> {
        let choices = self.responder.told("delta", delta, reason);
        let chunk = |choice| {
            self.responder
                .body("chat.completion.chunk", &[choice], None)
        };
        choices.into_iter().map(chunk).collect()
    }

    fn call(&mut self, start: ContentBlockStart) -> Vec<Value> {
        let ContentBlockStart::ToolUse(call) = start else {
            return Vec::new();
        };
        let index = self.calls;
        self.calls += 1;
        let function = json!({"name": call.name, "arguments": ""});
        let call = json!({"index": index, "id": call.tool_use_id, "type": "function", "function": function});
        self.chunk(&json!({"tool_calls": [call]}), None)
    }

    /// A piece of reasoning: a member of its own, or text after the tag that opens it.
    fn reasoning(&mut self, text: &str) -> Value {
        if self.responder.variant != Variant::GptOss {
            return json!({"reasoning_content": text});
        }
        let tag = if self.reasons { "" } else { REASONING };
        self.reasons = true;
        json!({"content": format!("{tag}{text}")})
    }

    /// The tag that closes reasoning, where a block ends.
    fn block_stop(&mut self) -> Vec<Value> {
        if !std::mem::take(&mut self.reasons) {
            return Vec::new();
        }
        self.chunk(&json!({"content": REASONING_END}), None)
    }

    fn delta(&mut self, delta: ContentBlockDelta) -> Vec<Value> {
        let delta = match delta {
            ContentBlockDelta::Text(text) => json!({"content": text}),
            ContentBlockDelta::ReasoningContent(ReasoningContentBlockDelta::Text(text)) => {
                self.reasoning(&text)
            }
            ContentBlockDelta::ToolUse(delta) => {
                let function = json!({"arguments": delta.input});
                json!({"tool_calls": [{"index": self.calls.saturating_sub(1), "function": function}]})
            }
            _ => return Vec::new(),
        };
        self.chunk(&delta, None)
    }

    fn end(&self, event: ConverseStreamMetadataEvent, timing: Timing) -> Vec<Value> {
        let usage = event.usage.unwrap_or_else(|| TokenUsage::builder().build());
        let usage = choices::usage(&usage, self.responder.choices());
        let mut chunks = self.chunk(&json!({}), Some(self.stop));
        if self.responder.variant == Variant::Jamba {
            chunks.push(json!({}));
        }
        if let Some(last) = chunks.last_mut() {
            metrics::add(last, &usage, timing, CacheCounts::WhenUsed);
        }
        chunks
    }
}

impl ChatStream for ChoiceStream {
    fn chunks(&mut self, event: StreamEvent, timing: Timing) -> Vec<Value> {
        match event {
            StreamEvent::MessageStart(_) => {
                self.chunk(&json!({"role": "assistant", "content": ""}), None)
            }
            StreamEvent::ContentBlockStart(event) => event
                .start
                .map(|start| self.call(start))
                .unwrap_or_default(),
            StreamEvent::ContentBlockDelta(event) => event
                .delta
                .map(|delta| self.delta(delta))
                .unwrap_or_default(),
            StreamEvent::ContentBlockStop(_) => self.block_stop(),
            StreamEvent::MessageStop(event) => {
                self.stop = event.stop_reason.unwrap_or(StopReason::EndTurn);
                Vec::new()
            }
            StreamEvent::Metadata(event) => self.end(event, timing),
        }
    }
}
