//! Whole answers in the form of their family.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, ContentBlock, StopReason, TokenUsage,
};
use outcrop_engine::Answer;
use serde_json::Value;

use super::form::{Form, Reply};
use super::stream::PieceStream;
use crate::{ChatResponder, ChatStream, choices};

/// Answers the bodies of one family.
#[derive(Clone)]
pub(super) struct Responder {
    pub(super) form: &'static dyn Form,
    pub(super) body: Value,
    /// A hash of the request.
    pub(super) request: u64,
}

impl Responder {
    pub(super) fn reply<'a>(
        &'a self,
        text: &'a str,
        stop: StopReason,
        usage: &'a TokenUsage,
    ) -> Reply<'a> {
        Reply {
            text,
            pieces: &[],
            stop,
            usage,
            body: &self.body,
            request: self.request,
        }
    }
}

impl ChatResponder for Responder {
    fn response(&self, answer: &Answer) -> Value {
        let text = answer
            .message
            .content
            .iter()
            .map(text_of)
            .collect::<String>();
        let usage = choices::usage(&answer.usage, self.choices());
        self.form
            .whole(&self.reply(&text, answer.stop_reason, &usage))
    }

    fn stream(&self, input_tokens: u32) -> Box<dyn ChatStream> {
        Box::new(PieceStream::new(self.clone(), input_tokens))
    }

    fn choices(&self) -> u32 {
        self.form.choices(&self.body)
    }
}

fn text_of(block: &ContentBlock) -> &str {
    match block {
        ContentBlock::Text(text) => text,
        ContentBlock::CitationsContent(block) => match block.content.as_deref() {
            Some([CitationGeneratedContent::Text(text), ..]) => text,
            _ => "",
        },
        _ => "",
    }
}
