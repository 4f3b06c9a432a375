//! An answer in pieces.

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ConverseStreamMetadataEvent, StopReason, TokenUsage,
};
use outcrop_engine::StreamEvent;
use serde_json::Value;

use super::form::{Progress, Said};
use super::response::Responder;
use crate::metrics::{self, CacheCounts};
use crate::{ChatStream, Timing};

/// Keeps each piece back until the next one comes: the last chunk carries the last piece together
/// with the reason of the end, which Converse tells after it.
pub(super) struct PieceStream {
    responder: Responder,
    input_tokens: u32,
    /// Chunks sent so far.
    chunks: usize,
    in_pieces: bool,
    held: Option<String>,
    text: String,
    stop: StopReason,
    /// The choices before the one that is told.
    before: Vec<Said>,
    /// Whether a choice has begun.
    begun: bool,
}

impl PieceStream {
    pub(super) fn new(responder: Responder, input_tokens: u32) -> Self {
        let in_pieces = responder.form.in_pieces(&responder.body);
        Self {
            responder,
            input_tokens,
            chunks: 0,
            in_pieces,
            held: None,
            text: String::new(),
            stop: StopReason::EndTurn,
            before: Vec::new(),
            begun: false,
        }
    }

    fn progress(&self) -> Progress {
        let Self {
            responder,
            input_tokens,
            chunks,
            before,
            ..
        } = self;
        Progress {
            input_tokens: *input_tokens,
            chunks: *chunks,
            choice: u32::try_from(before.len()).unwrap_or(u32::MAX),
            choices: responder.choices,
        }
    }

    fn text(&mut self, text: String) -> Vec<Value> {
        self.text.push_str(&text);
        let Some(before) = self.held.replace(text).filter(|_| self.in_pieces) else {
            return Vec::new();
        };
        let chunk = self.responder.form.piece(&before, &self.progress());
        self.chunks += 1;
        vec![chunk]
    }

    /// The end of a choice that another one follows.
    fn next_choice(&mut self) -> Vec<Value> {
        if !std::mem::replace(&mut self.begun, true) {
            return Vec::new();
        }
        let held = self.held.take().filter(|_| self.in_pieces);
        let form = self.responder.form;
        let chunks = match held {
            Some(held) if form.ends_each_choice() => {
                let usage = TokenUsage::builder().build();
                let reply = self.responder.reply(&self.text, self.stop, &usage);
                form.last(&held, &self.progress(), &reply)
            }
            Some(held) => vec![form.piece(&held, &self.progress())],
            None => Vec::new(),
        };
        self.chunks += chunks.len();
        self.before.push(Said {
            text: std::mem::take(&mut self.text),
            stop: std::mem::replace(&mut self.stop, StopReason::EndTurn),
        });
        chunks
    }

    fn end(&mut self, event: ConverseStreamMetadataEvent, timing: Timing) -> Vec<Value> {
        let usage = event.usage.unwrap_or_else(|| TokenUsage::builder().build());
        let mut reply = self.responder.reply(&self.text, self.stop, &usage);
        reply.before = &self.before;
        let form = self.responder.form;
        let mut chunks = if self.in_pieces {
            form.last(
                self.held.as_deref().unwrap_or_default(),
                &self.progress(),
                &reply,
            )
        } else {
            vec![form.whole(&reply)]
        };
        if let Some(last) = chunks.last_mut() {
            metrics::add(last, &usage, timing, CacheCounts::WhenUsed);
        }
        chunks
    }
}

impl ChatStream for PieceStream {
    fn chunks(&mut self, event: StreamEvent, timing: Timing) -> Vec<Value> {
        match event {
            StreamEvent::MessageStart(_) => self.next_choice(),
            StreamEvent::ContentBlockDelta(event) => match event.delta {
                Some(ContentBlockDelta::Text(text)) => self.text(text),
                _ => Vec::new(),
            },
            StreamEvent::MessageStop(event) => {
                self.stop = event.stop_reason.unwrap_or(StopReason::EndTurn);
                Vec::new()
            }
            StreamEvent::Metadata(event) => self.end(event, timing),
            _ => Vec::new(),
        }
    }
}
