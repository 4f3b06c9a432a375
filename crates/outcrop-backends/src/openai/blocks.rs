//! Events of content blocks, one block after the other.

use std::collections::VecDeque;

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ContentBlockDeltaEvent, ContentBlockStart, ContentBlockStartEvent,
    ContentBlockStopEvent, ConversationRole, MessageStartEvent, ReasoningContentBlockDelta,
    ToolUseBlockDelta, ToolUseBlockStart,
};
use outcrop_engine::StreamEvent;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Reasoning,
    Tool,
}

/// Writes blocks; the first one begins the message.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    events: VecDeque<StreamEvent>,
    open: Option<Kind>,
    index: i32,
    begun: bool,
}

impl Blocks {
    pub(super) fn pop(&mut self) -> Option<StreamEvent> {
        self.events.pop_front()
    }

    pub(super) fn has_events(&self) -> bool {
        !self.events.is_empty()
    }

    /// Begins the message, if nothing has yet.
    pub(super) fn begin(&mut self) {
        if !std::mem::replace(&mut self.begun, true) {
            self.push(StreamEvent::MessageStart(MessageStartEvent {
                p: None,
                role: Some(ConversationRole::Assistant),
            }));
        }
    }

    pub(super) fn push(&mut self, event: StreamEvent) {
        self.events.push_back(event);
    }

    pub(super) fn in_text(&self) -> bool {
        self.open == Some(Kind::Text)
    }

    pub(super) fn text(&mut self, text: String) {
        self.within(Kind::Text);
        self.delta(ContentBlockDelta::Text(text));
    }

    pub(super) fn reasoning(&mut self, text: String) {
        self.within(Kind::Reasoning);
        let delta = ReasoningContentBlockDelta::Text(text);
        self.delta(ContentBlockDelta::ReasoningContent(delta));
    }

    /// Opens a block of its own for a call.
    pub(super) fn call(&mut self, id: String, name: String) {
        self.close();
        self.within(Kind::Tool);
        let start = ContentBlockStart::ToolUse(ToolUseBlockStart {
            name: Some(name),
            tool_use_id: Some(id),
            r#type: None,
        });
        self.push(StreamEvent::ContentBlockStart(ContentBlockStartEvent {
            content_block_index: Some(self.index),
            p: None,
            start: Some(start),
        }));
    }

    /// Adds to the input of the call that was opened last.
    pub(super) fn input(&mut self, input: String) {
        self.delta(ContentBlockDelta::ToolUse(ToolUseBlockDelta {
            input: Some(input),
        }));
    }

    pub(super) fn close(&mut self) {
        if self.open.take().is_some() {
            self.push(StreamEvent::ContentBlockStop(ContentBlockStopEvent {
                content_block_index: Some(self.index),
                p: None,
            }));
            self.index += 1;
        }
    }

    fn within(&mut self, kind: Kind) {
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
