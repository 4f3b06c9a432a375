//! From the bytes of a streamed answer to its chunks.

use crate::{
    answer::{Chunks, Progress},
    error::{Fault, reason},
    sse::{SseEvent, SseParser, TooLong},
};

/// Gives server-sent events to the chunks that are made of them.
#[derive(Debug, Default)]
pub(crate) struct Events {
    parser: SseParser,
    is_done: bool,
}

impl Events {
    /// Takes the next bytes of the body. What follows the last event, or a fault, is no part of the answer.
    pub(crate) fn feed(
        &mut self,
        bytes: &[u8],
        chunks: &mut (impl Chunks + ?Sized),
    ) -> Result<Progress, Fault> {
        let mut read = Ok(self.progress());
        let fed = (self.parser).feed(bytes, |event| give(event, chunks, &mut read));
        self.is_done = read == Ok(Progress::Done);
        match (read, fed) {
            (Ok(Progress::More), Err(TooLong)) => Err(Fault::too_long()),
            (read, _) => read,
        }
    }

    /// Takes the end of the body. An event that was not finished may be in it.
    pub(crate) fn finish(
        &mut self,
        chunks: &mut (impl Chunks + ?Sized),
    ) -> Result<Progress, Fault> {
        let mut read = Ok(self.progress());
        (self.parser).finish(|event| give(event, chunks, &mut read));
        read
    }

    fn progress(&self) -> Progress {
        if self.is_done {
            Progress::Done
        } else {
            Progress::More
        }
    }
}

/// Gives an event to the chunks, unless they have come to an end.
fn give(
    event: SseEvent<'_>,
    chunks: &mut (impl Chunks + ?Sized),
    read: &mut Result<Progress, Fault>,
) {
    if *read != Ok(Progress::More) {
        return;
    }
    let data = event.data.trim_ascii();
    if event.name == b"error" {
        let (status, reason) = reason(data);
        *read = Err(Fault::Reported { status, reason });
    } else if !data.is_empty() {
        *read = chunks.feed(data);
    }
}
