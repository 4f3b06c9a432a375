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
use crate::{ChatStream, Timing};

/// Says the events of one answer.
pub(super) struct ChoiceStream {
    responder: Responder,
    /// The choice that is told, from 0; nothing before the first.
    choice: Option<u32>,
    /// Its tool calls so far.
    calls: usize,
    /// Whether a tag has opened reasoning that is part of the text.
    reasons: bool,
    stop: StopReason,
}

impl ChoiceStream {
    pub(super) fn new(responder: Responder) -> Self {
        Self {
            responder,
            choice: None,
            calls: 0,
            reasons: false,
            stop: StopReason::EndTurn,
        }
    }

    fn chunk(&self, delta: Value, reason: Option<StopReason>) -> Value {
        let index = self.choice.unwrap_or_default();
        let choice = self.responder.choice(index, "delta", delta, reason);
        self.responder
            .body("chat.completion.chunk", &[choice], None)
    }

    /// The end of the choice before, and the beginning of another.
    fn next_choice(&mut self) -> Vec<Value> {
        let end = self.choice.map(|_| self.chunk(json!({}), Some(self.stop)));
        self.choice = Some(self.choice.map_or(0, |choice| choice + 1));
        self.calls = 0;
        self.stop = StopReason::EndTurn;
        let begin = self.chunk(json!({"role": "assistant", "content": ""}), None);
        end.into_iter().chain([begin]).collect()
    }

    fn call(&mut self, start: ContentBlockStart) -> Vec<Value> {
        let ContentBlockStart::ToolUse(call) = start else {
            return Vec::new();
        };
        let index = self.calls;
        self.calls += 1;
        let function = json!({"name": call.name, "arguments": ""});
        let call = json!({"index": index, "id": call.tool_use_id, "type": "function", "function": function});
        vec![self.chunk(json!({"tool_calls": [call]}), None)]
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
        vec![self.chunk(json!({"content": REASONING_END}), None)]
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
        vec![self.chunk(delta, None)]
    }

    fn end(&self, event: ConverseStreamMetadataEvent, timing: Timing) -> Vec<Value> {
        let usage = event.usage.unwrap_or_else(|| TokenUsage::builder().build());
        let mut chunks = vec![self.chunk(json!({}), Some(self.stop))];
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
            StreamEvent::MessageStart(_) => self.next_choice(),
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
