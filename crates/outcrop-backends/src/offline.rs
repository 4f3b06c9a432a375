//! The conversion of answers without a server: what the benchmark measures, and what is fed with broken bytes.

use std::collections::VecDeque;

use outcrop_engine::{EngineError, StreamEvent};

use crate::{
    Kind,
    answer::{Chunks, Progress},
    anthropic::{self, MessageStream},
    error::{Fault, reason},
    openai::{self, ChatStream},
    sse::{SseEvent, SseParser},
};

/// One streamed answer, byte for byte.
pub struct Conversion {
    parser: SseParser,
    frames: VecDeque<SseEvent>,
    chunks: Box<dyn Chunks>,
    over: bool,
}

impl Conversion {
    /// For a server of a kind.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            parser: SseParser::default(),
            frames: VecDeque::new(),
            chunks: match kind {
                Kind::OpenAi => Box::new(ChatStream::new(openai::Expectations::default())),
                Kind::Anthropic => Box::new(MessageStream::new(anthropic::Expectations::default())),
            },
            over: false,
        }
    }

    /// Takes the next bytes, and gives the events that they complete to `events`.
    ///
    /// # Errors
    ///
    /// What a client is told within a stream; nothing may be fed after it.
    pub fn feed(
        &mut self,
        bytes: &[u8],
        events: &mut impl Extend<StreamEvent>,
    ) -> Result<(), EngineError> {
        let fed = self.parser.feed(bytes, &mut self.frames);
        let fed = fed.map_err(|_| Fault::Malformed("it is longer than any answer".to_owned()));
        let read = fed.and_then(|()| self.read());
        events.extend(std::iter::from_fn(|| self.chunks.pop()));
        read.map_err(Fault::within)
    }

    /// Ends the answer.
    ///
    /// # Errors
    ///
    /// As [`feed`](Self::feed); one for an answer that is not whole.
    pub fn finish(mut self, events: &mut impl Extend<StreamEvent>) -> Result<(), EngineError> {
        self.parser.finish(&mut self.frames);
        let read = self.read();
        let ended = read.and_then(|()| self.chunks.finish(self.over, 0));
        events.extend(std::iter::from_fn(|| self.chunks.pop()));
        ended.map_err(Fault::within)
    }

    fn read(&mut self) -> Result<(), Fault> {
        while let Some(frame) = self.frames.pop_front() {
            let data = frame.data.trim_ascii();
            if self.over || data.is_empty() {
                continue;
            }
            if frame.name == b"error" {
                let (status, reason) = reason(data);
                return Err(Fault::Reported { status, reason });
            }
            self.over = self.chunks.feed(data)? == Progress::Done;
        }
        Ok(())
    }
}
