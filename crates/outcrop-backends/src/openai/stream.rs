//! Chunks as Converse events. A state machine without I/O.

use std::{collections::HashMap, fmt::Display};

use bedrock_runtime_smithy::model::{MessageStopEvent, StopReason, TokenUsage};
use outcrop_engine::StreamEvent;
use serde_json::{Value, value::RawValue};

use super::{
    chunk::{CallDelta, Choice, Chunk, Content, Delta, Part, Text},
    fields::ResponseFields,
    think::{Piece, Think},
    tool_calls::ToolCalls,
    usage,
};
use crate::{
    answer::{Chunks, Progress},
    blocks::Blocks,
    error::{Fault, reason},
    settings::Reasoning,
};

/// What a server says last.
const DONE: &[u8] = b"[DONE]";

/// What an answer's events depend on besides its chunks.
#[derive(Debug, Default)]
pub(crate) struct Expectations {
    /// Bytes of the request's texts, for an estimate of its tokens.
    pub(crate) input_bytes: usize,
    /// Hash of the request, for the ids that a server leaves out.
    pub(crate) seed: u64,
    /// The request's stop sequences.
    pub(crate) stop_sequences: Vec<String>,
    /// The request's `additionalModelResponseFieldPaths`.
    pub(crate) field_paths: Vec<String>,
    /// Where reasoning begins in the text.
    pub(crate) reasoning: Reasoning,
}

/// One answer on its way.
#[derive(Debug)]
pub(crate) struct ChatStream {
    blocks: Blocks,
    think: Think,
    calls: ToolCalls,
    fields: Option<ResponseFields>,
    stop_sequences: Vec<String>,
    /// Blanks that become part of a text if one follows. Bedrock refuses messages with blank texts,
    /// so a client could not go on with an answer that has one.
    blank: String,
    /// Text that came after calls had begun.
    late: String,
    usage: Option<TokenUsage>,
    finish_reason: Option<String>,
    stop_sequence: Option<String>,
    input_bytes: usize,
    output_bytes: usize,
    /// Whether there was any choice.
    answered: bool,
}

impl ChatStream {
    pub(crate) fn new(expectations: Expectations) -> Self {
        Self {
            blocks: Blocks::default(),
            think: match expectations.reasoning {
                Reasoning::Tagged => Think::default(),
                Reasoning::Opened => Think::opened(),
            },
            calls: ToolCalls::new(expectations.seed),
            fields: ResponseFields::new(expectations.field_paths),
            stop_sequences: expectations.stop_sequences,
            blank: String::new(),
            late: String::new(),
            usage: None,
            finish_reason: None,
            stop_sequence: None,
            input_bytes: expectations.input_bytes,
            output_bytes: 0,
            answered: false,
        }
    }

    /// Later counts replace earlier ones: some servers count on in every chunk.
    fn count(&mut self, usage: Option<&RawValue>) {
        let usage = usage.map(value);
        if let Some(usage) = usage.as_ref().and_then(usage::reported) {
            self.usage = Some(usage);
        }
    }

    fn choice(&mut self, choice: Choice<'_>) {
        self.answered = true;
        self.count(choice.usage);
        if let Some(delta) = choice.delta {
            self.delta(delta);
        } else if let Some(message) = choice.message {
            self.think = Think::of_whole();
            self.delta(*message);
        }
        if let Some(Text(reason)) = choice.finish_reason
            && !reason.is_empty()
        {
            self.finish_reason = Some(reason.into_owned());
        }
        for met in [choice.stop_reason, choice.matched_stop] {
            if let Some(Value::String(met)) = met.map(value) {
                self.met(met);
            }
        }
    }

    /// Notes what ended the answer, if it is a stop sequence of the request.
    fn met(&mut self, word: String) {
        if self.stop_sequences.contains(&word) {
            self.stop_sequence = Some(word);
        }
    }

    fn delta(&mut self, delta: Delta<'_>) {
        if let Some(Text(text)) = delta.reasoning_content.or(delta.reasoning) {
            self.think.told_apart();
            self.reasoning(&text);
        }
        match delta.content {
            Some(Content::Text(Text(text))) => self.content(&text),
            Some(Content::Parts(parts)) => parts.into_iter().for_each(|part| self.part(part)),
            None => {}
        }
        if let Some(Text(text)) = delta.refusal {
            self.text(&text);
        }
        let old = delta.function_call.map(|call| CallDelta::only(*call));
        for call in delta.tool_calls.into_iter().flatten().chain(old) {
            self.blank.clear();
            self.output_bytes += self.calls.feed(call, &mut self.blocks);
        }
    }

    fn part(&mut self, part: Part<'_>) {
        match part.thinking {
            Some(Content::Text(Text(text))) => self.reasoning(&text),
            Some(Content::Parts(parts)) => {
                let texts = parts.into_iter().filter_map(|part| part.text);
                self.reasoning(&texts.map(|Text(text)| text).collect::<String>());
            }
            None => {}
        }
        if let Some(Text(text)) = part.text {
            self.content(&text);
        }
    }

    fn content(&mut self, text: &str) {
        if self.think.is_over() {
            return self.text(text);
        }
        for piece in self.think.feed(text) {
            self.piece(&piece);
        }
    }

    fn piece(&mut self, piece: &Piece) {
        match piece {
            Piece::Text(text) => self.text(text),
            Piece::Reasoning(text) => self.reasoning(text),
        }
    }

    fn text(&mut self, text: &str) {
        self.output_bytes += text.len();
        if !self.calls.is_empty() {
            self.late.push_str(text);
        } else if self.blocks.in_text() {
            if !text.is_empty() {
                self.blocks.text(text.to_owned());
            }
        } else {
            self.blank.push_str(text);
            if !self.blank.trim().is_empty() {
                self.blocks.text(std::mem::take(&mut self.blank));
            }
        }
    }

    /// Reasoning after calls have begun is left out: a block of it would split them.
    fn reasoning(&mut self, text: &str) {
        self.output_bytes += text.len();
        if !text.is_empty() && self.calls.is_empty() {
            self.blank.clear();
            self.blocks.reasoning(text.to_owned());
        }
    }

    /// Some servers say `stop` after calls too.
    fn stop_reason(&self) -> StopReason {
        match self.finish_reason.as_deref() {
            Some("length") => StopReason::MaxTokens,
            Some("content_filter") => StopReason::ContentFiltered,
            _ if !self.calls.is_empty() => StopReason::ToolUse,
            _ if self.stop_sequence.is_some() => StopReason::StopSequence,
            _ => StopReason::EndTurn,
        }
    }
}

/// What was kept as it came.
fn value(raw: &RawValue) -> Value {
    serde_json::from_str(raw.get()).unwrap_or_default()
}

/// A member of an object that was kept as it came.
fn member<'a>(raw: &'a RawValue, name: &str) -> Option<&'a RawValue> {
    let members: HashMap<String, &RawValue> = serde_json::from_str(raw.get()).ok()?;
    members.get(name).copied()
}

fn malformed(error: impl Display) -> Fault {
    Fault::Malformed(error.to_string())
}

impl Chunks for ChatStream {
    fn pop(&mut self) -> Option<StreamEvent> {
        self.blocks.pop()
    }

    fn has_events(&self) -> bool {
        self.blocks.has_events()
    }

    fn has_stopped(&self) -> bool {
        self.finish_reason.is_some()
    }

    fn feed(&mut self, data: &[u8]) -> Result<Progress, Fault> {
        if data == DONE {
            return Ok(Progress::Done);
        }
        if !data.trim_ascii_start().starts_with(b"{") {
            return Err(Fault::Malformed("a chunk is no JSON object".to_owned()));
        }
        let text = std::str::from_utf8(data).map_err(malformed)?;
        let chunk: Chunk<'_> = serde_json::from_str(text).map_err(malformed)?;
        if chunk.error.is_some() || chunk.object.is_some_and(|Text(object)| object == "error") {
            let (status, reason) = reason(data);
            return Err(Fault::Reported { status, reason });
        }
        if let Some(fields) = &mut self.fields {
            fields.feed(data);
        }
        self.count(chunk.x_groq.and_then(|groq| member(groq, "usage")));
        self.count(chunk.usage);
        if let Some(word) = chunk.verbose.and_then(|verbose| verbose.stopping_word) {
            self.met(word);
        }
        for choice in chunk.choices.into_iter().flatten() {
            // Converse has one answer.
            if choice.index.unwrap_or_default() == 0 {
                self.choice(choice);
            }
        }
        Ok(Progress::More)
    }

    fn finish(&mut self, done: bool, latency_ms: i64) -> Result<(), Fault> {
        let is_whole = self.has_stopped() || (done && self.answered);
        if !is_whole {
            return Err(Fault::Incomplete);
        }
        if let Some(piece) = self.think.finish() {
            self.piece(&piece);
        }
        self.calls.finish(&mut self.blocks);
        let late = std::mem::take(&mut self.late);
        if !late.trim().is_empty() {
            self.blocks.text(late);
        }
        let stop_reason = self.stop_reason();
        let fields = self.fields.take();
        let fields = fields.and_then(|fields| fields.finish(self.stop_sequence.take()));
        let usage = self.usage.take();
        let usage = usage.unwrap_or_else(|| usage::estimated(self.input_bytes, self.output_bytes));
        let stop = MessageStopEvent {
            additional_model_response_fields: fields,
            p: None,
            stop_reason: Some(stop_reason),
        };
        self.blocks.end(stop, usage, latency_ms);
        Ok(())
    }
}

#[cfg(test)]
mod tests;
