//! An answer in pieces.

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ConverseStreamMetadataEvent, StopReason, TokenUsage,
};
use outcrop_engine::StreamEvent;
use serde_json::Value;

use super::form::Progress;
use super::response::Responder;
use crate::metrics::{self, CacheCounts};
use crate::{ChatResponder, ChatStream, Timing, choices};

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
    /// Every piece, where there are further choices to tell them again.
    pieces: Vec<String>,
    stop: StopReason,
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
            pieces: Vec::new(),
            stop: StopReason::EndTurn,
        }
    }

    fn progress(&self) -> Progress<'_> {
        let Self {
            responder,
            input_tokens,
            chunks,
            ..
        } = self;
        Progress {
            body: &responder.body,
            input_tokens: *input_tokens,
            chunks: *chunks,
        }
    }

    fn text(&mut self, text: String) -> Vec<Value> {
        self.text.push_str(&text);
        if self.responder.choices() > 1 {
            self.pieces.push(text.clone());
        }
        let Some(before) = self.held.replace(text).filter(|_| self.in_pieces) else {
            return Vec::new();
        };
        let chunk = self.responder.form.piece(&before, &self.progress());
        self.chunks += 1;
        vec![chunk]
    }

    fn end(&mut self, event: ConverseStreamMetadataEvent, timing: Timing) -> Vec<Value> {
        let usage = event.usage.unwrap_or_else(|| TokenUsage::builder().build());
        let usage = choices::usage(&usage, self.responder.choices());
        let mut reply = self.responder.reply(&self.text, self.stop, &usage);
        reply.pieces = &self.pieces;
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
