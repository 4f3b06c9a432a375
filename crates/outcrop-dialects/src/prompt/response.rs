//! Whole answers in the form of their family.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, ContentBlock, StopReason, TokenUsage,
};
use outcrop_engine::Answer;
use serde_json::Value;

use super::form::{Form, Reply, Said};
use super::stream::PieceStream;
use crate::{ChatResponder, ChatStream, choices};

/// Answers the bodies of one family.
#[derive(Clone)]
pub(super) struct Responder {
    pub(super) form: &'static dyn Form,
    /// How many choices are asked for.
    pub(super) choices: u32,
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
            stop,
            before: &[],
            usage,
            body: &self.body,
            request: self.request,
        }
    }
}

impl ChatResponder for Responder {
    fn response(&self, answer: &Answer) -> Value {
        self.responses(std::slice::from_ref(answer))
    }

    fn responses(&self, answers: &[Answer]) -> Value {
        let mut before: Vec<_> = answers.iter().map(said).collect();
        let Some(last) = before.pop() else {
            return Value::Null;
        };
        let usage = choices::usage_of_choices(answers);
        let mut reply = self.reply(&last.text, last.stop, &usage);
        reply.before = &before;
        self.form.whole(&reply)
    }

    fn stream(&self, input_tokens: u32) -> Box<dyn ChatStream> {
        Box::new(PieceStream::new(self.clone(), input_tokens))
    }

    fn tells_input_first(&self) -> bool {
        self.form.tells_input_first()
    }

    fn choices(&self) -> u32 {
        self.choices
    }
}

fn said(answer: &Answer) -> Said {
    let content = answer.message.content.iter();
    Said {
        text: content.map(text_of).collect(),
        stop: answer.stop_reason,
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
