//! Events of content blocks, one block after the other.

use std::collections::VecDeque;

use aws_smithy_types::{Blob, Document};
use bedrock_runtime_smithy::model::{
    CitationsDelta, ContentBlockDelta, ContentBlockDeltaEvent, ContentBlockStart,
    ContentBlockStartEvent, ContentBlockStopEvent, ConversationRole, ConverseStreamMetadataEvent,
    ConverseStreamMetrics, MessageStartEvent, MessageStopEvent, ReasoningContentBlockDelta,
    TokenUsage, ToolResultBlockDelta, ToolResultBlockStart, ToolUseBlockDelta, ToolUseBlockStart,
};
use outcrop_engine::StreamEvent;

/// What a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    Reasoning,
    Tool,
    Result,
}

/// Writes blocks; the first one begins the message.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    events: VecDeque<StreamEvent>,
    open: Option<Kind>,
    index: i32,
    begun: bool,
}

impl Blocks {
    pub(crate) fn pop(&mut self) -> Option<StreamEvent> {
        self.events.pop_front()
    }

    pub(crate) fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    /// Begins the message, if nothing has yet.
    pub(crate) fn begin(&mut self) {
        if !std::mem::replace(&mut self.begun, true) {
            self.push(StreamEvent::MessageStart(MessageStartEvent {
                p: None,
                role: Some(ConversationRole::Assistant),
            }));
        }
    }

    fn push(&mut self, event: StreamEvent) {
        self.events.push_back(event);
    }

    pub(crate) fn in_text(&self) -> bool {
        self.open == Some(Kind::Text)
    }

    pub(crate) fn in_tool(&self) -> bool {
        self.open == Some(Kind::Tool)
    }

    pub(crate) fn text(&mut self, text: String) {
        self.within(Kind::Text);
        self.delta(ContentBlockDelta::Text(text));
    }

    pub(crate) fn reasoning(&mut self, text: String) {
        self.within(Kind::Reasoning);
        let delta = ReasoningContentBlockDelta::Text(text);
        self.delta(ContentBlockDelta::ReasoningContent(delta));
    }

    /// What makes reasoning that goes back to its model acceptable there.
    pub(crate) fn signature(&mut self, signature: String) {
        self.within(Kind::Reasoning);
        let delta = ReasoningContentBlockDelta::Signature(signature);
        self.delta(ContentBlockDelta::ReasoningContent(delta));
    }

    /// Reasoning that only its model can read.
    pub(crate) fn redacted(&mut self, data: String) {
        self.within(Kind::Reasoning);
        let delta = ReasoningContentBlockDelta::RedactedContent(Blob::new(data));
        self.delta(ContentBlockDelta::ReasoningContent(delta));
    }

    /// What the text of this block rests on.
    pub(crate) fn citation(&mut self, citation: CitationsDelta) {
        self.within(Kind::Text);
        self.delta(ContentBlockDelta::Citation(citation));
    }

    /// Opens a block of its own for a call.
    pub(crate) fn call(&mut self, id: String, name: String, r#type: Option<String>) {
        self.close();
        self.within(Kind::Tool);
        self.start(ContentBlockStart::ToolUse(ToolUseBlockStart {
            name: Some(name),
            tool_use_id: Some(id),
            r#type,
        }));
    }

    /// Opens a block of its own for the result of a tool that the provider ran.
    pub(crate) fn result(&mut self, id: String, r#type: String, content: Document) {
        self.close();
        self.within(Kind::Result);
        self.start(ContentBlockStart::ToolResult(ToolResultBlockStart {
            status: None,
            tool_use_id: Some(id),
            r#type: Some(r#type),
        }));
        let content = vec![ToolResultBlockDelta::Json(content)];
        self.delta(ContentBlockDelta::ToolResult(content));
    }

    fn start(&mut self, start: ContentBlockStart) {
        self.push(StreamEvent::ContentBlockStart(ContentBlockStartEvent {
            content_block_index: Some(self.index),
            p: None,
            start: Some(start),
        }));
    }

    /// Adds to the input of the call that was opened last.
    pub(crate) fn input(&mut self, input: String) {
        self.delta(ContentBlockDelta::ToolUse(ToolUseBlockDelta {
            input: Some(input),
        }));
    }

    /// Ends the block that is open, if one is.
    pub(crate) fn close(&mut self) {
        if self.open.take().is_some() {
            self.push(StreamEvent::ContentBlockStop(ContentBlockStopEvent {
                content_block_index: Some(self.index),
                p: None,
            }));
            self.index += 1;
        }
    }

    /// Ends the message.
    pub(crate) fn end(&mut self, stop: MessageStopEvent, usage: TokenUsage, latency_ms: i64) {
        self.close();
        self.begin();
        self.push(StreamEvent::MessageStop(stop));
        self.push(StreamEvent::Metadata(ConverseStreamMetadataEvent {
            metrics: Some(ConverseStreamMetrics {
                latency_ms: Some(latency_ms),
            }),
            p: None,
            performance_config: None,
            service_tier: None,
            trace: None,
            usage: Some(usage),
        }));
    }

    /// Opens a block, unless one of its kind is open already.
    pub(crate) fn within(&mut self, kind: Kind) {
        self.begin();
        if self.open != Some(kind) {
            self.close();
            self.open = Some(kind);
        }
    }

    fn delta(&mut self, delta: ContentBlockDelta) {
        self.push(StreamEvent::ContentBlockDelta(ContentBlockDeltaEvent {
            content_block_index: Some(self.index),
            delta: Some(delta),
            p: None,
        }));
    }
}
