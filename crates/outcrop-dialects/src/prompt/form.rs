//! What the answers of a family look like.

use bedrock_runtime_smithy::model::{StopReason, TokenUsage};
use serde_json::Value;

use crate::id;

/// The native shapes of a family's answers.
pub(super) trait Form: Sync {
    /// A whole answer.
    fn whole(&self, reply: &Reply<'_>) -> Value;

    /// A chunk with a piece of text that is not known to be the last.
    fn piece(&self, text: &str, progress: &Progress<'_>) -> Value;

    /// The last chunks, with the last piece of text.
    fn last(&self, text: &str, progress: &Progress<'_>, reply: &Reply<'_>) -> Vec<Value>;

    /// Whether the answer to this body comes in pieces; else the whole of it is the only chunk.
    fn in_pieces(&self, _body: &Value) -> bool {
        true
    }

    /// How many choices the body asks for.
    fn choices(&self, _body: &Value) -> u32 {
        1
    }
}

/// An answer that is complete.
pub(super) struct Reply<'a> {
    pub(super) text: &'a str,
    /// The text as it came, where it is streamed and told more than once.
    pub(super) pieces: &'a [String],
    pub(super) stop: StopReason,
    pub(super) usage: &'a TokenUsage,
    /// The native request.
    pub(super) body: &'a Value,
    /// A hash of the request, for identifiers.
    pub(super) request: u64,
}

/// What of a streamed answer has been sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress<'a> {
    /// The native request.
    pub(super) body: &'a Value,
    /// Tokens of the request.
    pub(super) input_tokens: u32,
    /// Chunks sent so far.
    pub(super) chunks: usize,
}

impl Reply<'_> {
    pub(super) fn input_tokens(&self) -> i32 {
        self.usage.input_tokens.unwrap_or_default()
    }

    pub(super) fn output_tokens(&self) -> i32 {
        self.usage.output_tokens.unwrap_or_default()
    }

    /// The family's word for the end: one when a limit cut the answer off, one for everything else.
    pub(super) fn stop(&self, end: &'static str, limit: &'static str) -> &'static str {
        if self.stop == StopReason::MaxTokens {
            limit
        } else {
            end
        }
    }

    /// The `index`th identifier of the answer, spelled as a UUID.
    pub(super) fn uuid(&self, index: u64) -> String {
        id::uuid(self.request, index)
    }
}
