//! The parts of an event that mean something here. Servers add members, and leave some out.

use serde::Deserialize;
use serde_json::Value;

use super::usage::Usage;

/// One event of a stream, or a whole message.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Event {
    pub(super) r#type: String,
    /// Of the block.
    pub(super) index: Option<u64>,
    /// Of `message_start`.
    pub(super) message: Option<Message>,
    /// Of `content_block_start`.
    pub(super) content_block: Option<Block>,
    /// Of `content_block_delta` and `message_delta`.
    pub(super) delta: Option<Delta>,
    /// Of `message_delta`, and of a whole message.
    pub(super) usage: Option<Usage>,
    /// Of a whole message.
    pub(super) content: Option<Vec<Block>>,
    /// Of a whole message.
    pub(super) stop_reason: Option<String>,
    /// What went wrong.
    pub(super) error: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Message {
    pub(super) usage: Option<Usage>,
}

/// A content block: empty but for its names at the start of a stream, with all it has in a message.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Block {
    pub(super) r#type: String,
    pub(super) text: Option<String>,
    pub(super) citations: Option<Vec<Value>>,
    pub(super) thinking: Option<String>,
    pub(super) signature: Option<String>,
    /// Of redacted thinking.
    pub(super) data: Option<String>,
    pub(super) id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) input: Option<Value>,
    pub(super) tool_use_id: Option<String>,
    /// Of the result of a tool that the provider ran.
    pub(super) content: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Delta {
    pub(super) text: Option<String>,
    pub(super) partial_json: Option<String>,
    pub(super) thinking: Option<String>,
    pub(super) signature: Option<String>,
    pub(super) citation: Option<Value>,
    pub(super) stop_reason: Option<String>,
}
