//! An answer's events as the events of a message stream.

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ContentBlockStart, ConverseStreamMetadataEvent, MessageStopEvent,
    ReasoningContentBlockDelta, TokenUsage, ToolUseBlockStart,
};
use outcrop_engine::{StreamEvent, document};
use serde_json::{Value, json};

use super::response::{Responder, Stop, redacted_thinking};
use super::{citation, identity, usage};
use crate::metrics::{self, CacheCounts};
use crate::{ChatStream, Timing};

/// Says the events of one answer.
///
/// Converse starts no blocks of text or of thinking: their first delta does it here. It tells the
/// usage after the end of the message, where Claude tells it before: the end waits for it.
pub(super) struct MessageStream {
    responder: Responder,
    input_tokens: u32,
    /// The block that has started and not stopped.
    open: Option<i32>,
    stop: Option<MessageStopEvent>,
}

impl MessageStream {
    pub(super) fn new(responder: Responder, input_tokens: u32) -> Self {
        Self {
            responder,
            input_tokens,
            open: None,
            stop: None,
        }
    }

    fn message_start(&self) -> Value {
        let usage = usage::start(self.responder.generation, self.input_tokens);
        let message = self.responder.message(Vec::new(), &Stop::default(), usage);
        json!({"type": "message_start", "message": message})
    }

    fn block_start(&mut self, index: i32, block: &Value) -> Value {
        self.open = Some(index);
        json!({"type": "content_block_start", "index": index, "content_block": block})
    }

    fn block_delta(&mut self, index: i32, delta: ContentBlockDelta) -> Vec<Value> {
        let (block, delta) = match delta {
            ContentBlockDelta::Text(text) => {
                (empty_text(), json!({"type": "text_delta", "text": text}))
            }
            ContentBlockDelta::ToolUse(delta) => {
                let json = delta.input.unwrap_or_default();
                (
                    Value::Null,
                    json!({"type": "input_json_delta", "partial_json": json}),
                )
            }
            ContentBlockDelta::Citation(delta) => {
                let citation = citation::delta(delta);
                (
                    cited_text(),
                    json!({"type": "citations_delta", "citation": citation}),
                )
            }
            ContentBlockDelta::ReasoningContent(delta) => match delta {
                ReasoningContentBlockDelta::Text(text) => (
                    empty_thinking(),
                    json!({"type": "thinking_delta", "thinking": text}),
                ),
                ReasoningContentBlockDelta::Signature(signature) => (
                    empty_thinking(),
                    json!({"type": "signature_delta", "signature": signature}),
                ),
                ReasoningContentBlockDelta::RedactedContent(data) => {
                    let block = redacted_thinking(&String::from_utf8_lossy(data.as_ref()));
                    return vec![self.block_start(index, &block)];
                }
            },
            ContentBlockDelta::Image(_) | ContentBlockDelta::ToolResult(_) => return Vec::new(),
        };
        let start = (self.open != Some(index)).then(|| self.block_start(index, &block));
        let delta = json!({"type": "content_block_delta", "index": index, "delta": delta});
        start.into_iter().chain([delta]).collect()
    }

    fn block_stop(&mut self, index: i32) -> Vec<Value> {
        let start = (self.open != Some(index)).then(|| self.block_start(index, &empty_text()));
        self.open = None;
        let stop = json!({"type": "content_block_stop", "index": index});
        start.into_iter().chain([stop]).collect()
    }

    fn end(&mut self, event: ConverseStreamMetadataEvent, timing: Timing) -> Vec<Value> {
        let counts = event.usage.unwrap_or_else(|| TokenUsage::builder().build());
        let stop = self.stop.take().and_then(|stop| {
            let fields = stop
                .additional_model_response_fields
                .as_ref()
                .map(document::to_value);
            stop.stop_reason
                .map(|reason| self.responder.why(reason, fields.as_ref()))
        });
        let mut delta = json!({
            "type": "message_delta",
            "delta": self.responder.stop(&stop.unwrap_or_default()),
            "usage": usage::end(self.responder.generation, &counts),
        });
        if let Value::Object(members) = &mut delta {
            members.extend(self.responder.applied_edits());
        }
        let mut last = json!({"type": "message_stop"});
        metrics::add(&mut last, &counts, timing, CacheCounts::WhenUsed);
        vec![delta, last]
    }
}

impl ChatStream for MessageStream {
    fn chunks(&mut self, event: StreamEvent, timing: Timing) -> Vec<Value> {
        match event {
            StreamEvent::MessageStart(_) => vec![self.message_start()],
            StreamEvent::ContentBlockStart(event) => match event.start {
                Some(ContentBlockStart::ToolUse(start)) => {
                    let index = event.content_block_index.unwrap_or_default();
                    vec![self.block_start(index, &tool_use(start))]
                }
                _ => Vec::new(),
            },
            StreamEvent::ContentBlockDelta(event) => match event.delta {
                Some(delta) => {
                    self.block_delta(event.content_block_index.unwrap_or_default(), delta)
                }
                None => Vec::new(),
            },
            StreamEvent::ContentBlockStop(event) => {
                self.block_stop(event.content_block_index.unwrap_or_default())
            }
            StreamEvent::MessageStop(event) => {
                self.stop = Some(event);
                Vec::new()
            }
            StreamEvent::Metadata(event) => self.end(event, timing),
        }
    }
}

fn tool_use(start: ToolUseBlockStart) -> Value {
    json!({
        "type": start.r#type.as_deref().unwrap_or("tool_use"),
        "id": identity::tool_use(&start.tool_use_id.unwrap_or_default()),
        "name": start.name,
        "input": {},
    })
}

fn empty_text() -> Value {
    json!({"type": "text", "text": ""})
}

fn cited_text() -> Value {
    json!({"type": "text", "text": "", "citations": []})
}

fn empty_thinking() -> Value {
    json!({"type": "thinking", "thinking": "", "signature": ""})
}
