//! The end of the server, as streams see it.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// Request extension: cancelled when the server can wait no longer for what it still answers. Streams then end with an
/// exception, which SDKs raise and may retry, where a cut connection would leave them guessing.
#[derive(Debug, Clone)]
pub struct Ending(pub CancellationToken);

/// A stream's wait for the end of the server. It costs nothing before the stream first makes its reader wait.
pub(super) struct WaitForEnding {
    ending: Option<Ending>,
    waiting: Option<Pin<Box<WaitForCancellationFutureOwned>>>,
}

impl WaitForEnding {
    /// Without an [`Ending`] there is no end.
    pub(super) fn new(ending: Option<Ending>) -> Self {
        let waiting = None;
        Self { ending, waiting }
    }

    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        if let Some(Ending(token)) = self.ending.take() {
            self.waiting = Some(Box::pin(token.cancelled_owned()));
        }
        match &mut self.waiting {
            Some(waiting) => waiting.as_mut().poll(context),
            None => Poll::Pending,
        }
    }
}
