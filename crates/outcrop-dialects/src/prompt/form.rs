//! What the answers of a family look like.

use bedrock_runtime_smithy::model::{StopReason, TokenUsage};
use serde_json::Value;

use crate::id;

/// The native shapes of a family's answers.
pub(super) trait Form: Sync {
    /// A whole answer.
    fn whole(&self, reply: &Reply<'_>) -> Value;

    /// A chunk with a piece of text that is not known to be the last.
    fn piece(&self, text: &str, progress: &Progress) -> Value;

    /// The last chunks, with the last piece of text.
    fn last(&self, text: &str, progress: &Progress, reply: &Reply<'_>) -> Vec<Value>;

    /// Whether the answer to this body comes in pieces; else the whole of it is the only chunk.
    fn in_pieces(&self, _body: &Value) -> bool {
        true
    }

    /// Whether each of several choices ends with chunks of its own, and not all of them with the last.
    fn ends_each_choice(&self) -> bool {
        true
    }

    /// Whether the first chunk tells the request's tokens.
    fn tells_input_first(&self) -> bool {
        false
    }
}

/// What a choice says, and why it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) stop: StopReason,
}

/// An answer that is complete.
pub(super) struct Reply<'a> {
    pub(super) text: &'a str,
    pub(super) stop: StopReason,
    /// The choices before this one; all are told together where the answer is whole.
    pub(super) before: &'a [Said],
    pub(super) usage: &'a TokenUsage,
    /// The native request.
    pub(super) body: &'a Value,
    /// A hash of the request, for identifiers.
    pub(super) request: u64,
}

/// What of a streamed answer has been sent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Progress {
    /// Tokens of the request, where the first chunk tells them.
    pub(super) input_tokens: u32,
    /// Chunks sent so far.
    pub(super) chunks: usize,
    /// The choice that is told, from 0.
    pub(super) choice: u32,
    /// How many choices there are.
    pub(super) choices: u32,
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
        word(self.stop, end, limit)
    }

    /// Every choice in its order: its text, and the family's word for its end.
    pub(super) fn choices(
        &self,
        end: &'static str,
        limit: &'static str,
    ) -> impl Iterator<Item = (&str, &'static str)> {
        let before = self.before.iter();
        let before = before.map(move |said| (said.text.as_str(), word(said.stop, end, limit)));
        before.chain([(self.text, word(self.stop, end, limit))])
    }

    /// The `index`th identifier of the answer, spelled as a UUID.
    pub(super) fn uuid(&self, index: u64) -> String {
        id::uuid(self.request, index)
    }
}

fn word(stop: StopReason, end: &'static str, limit: &'static str) -> &'static str {
    if stop == StopReason::MaxTokens {
        limit
    } else {
        end
    }
}
