//! The conversion of answers without a server: what the benchmark measures, and what is fed with broken bytes.

use outcrop_engine::{EngineError, StreamEvent};

use crate::{
    Kind,
    answer::{Chunks, Progress},
    anthropic::{self, MessageStream},
    error::Fault,
    events::Events,
    openai::{self, ChatStream},
};

/// One streamed answer, byte for byte.
pub struct Conversion {
    bytes: Events,
    chunks: Box<dyn Chunks>,
}

impl Conversion {
    /// For a server of a kind.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            bytes: Events::default(),
            chunks: match kind {
                Kind::OpenAi => Box::new(ChatStream::new(openai::Expectations::default())),
                Kind::Anthropic => Box::new(MessageStream::new(anthropic::Expectations::default())),
            },
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
        let read = self.bytes.feed(bytes, self.chunks.as_mut());
        events.extend(std::iter::from_fn(|| self.chunks.pop()));
        read.map(drop).map_err(Fault::within)
    }

    /// Ends the answer.
    ///
    /// # Errors
    ///
    /// As [`feed`](Self::feed); one for an answer that is not whole.
    pub fn finish(mut self, events: &mut impl Extend<StreamEvent>) -> Result<(), EngineError> {
        let read = self.bytes.finish(self.chunks.as_mut());
        let ended = read.and_then(|read| self.chunks.finish(read == Progress::Done, 0));
        events.extend(std::iter::from_fn(|| self.chunks.pop()));
        ended.map_err(Fault::within)
    }
}
