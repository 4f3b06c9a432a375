//! The body of an event-stream answer.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use aws_smithy_http_server::body::BoxBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use super::frame::{exception, reorder, sort_members};
use crate::panic::panic_text;

type FrameResult = Result<Frame<Bytes>, <BoxBody as Body>::Error>;

/// Mends every frame, and ends the stream with an exception when it stalls, fails or panics.
pub(super) struct EventStreamBody {
    /// Gone once the stream has ended.
    inner: Option<BoxBody>,
    idle: Duration,
    // Made when the stream first makes its reader wait.
    timer: Option<Pin<Box<Sleep>>>,
}

impl EventStreamBody {
    pub(super) fn new(inner: BoxBody, idle: Duration) -> Self {
        let inner = Some(inner);
        let timer = None;
        Self { inner, idle, timer }
    }

    fn end_with(&mut self, kind: &str, message: &str) -> Poll<Option<FrameResult>> {
        self.inner = None;
        Poll::Ready(Some(Ok(Frame::data(exception(kind, message)))))
    }

    fn poll_silence(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let idle = self.idle;
        self.timer
            .get_or_insert_with(|| Box::pin(sleep(idle)))
            .as_mut()
            .poll(context)
    }
}

impl Body for EventStreamBody {
    type Data = Bytes;
    type Error = <BoxBody as Body>::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<FrameResult>> {
        let this = &mut *self;
        let Some(inner) = &mut this.inner else {
            return Poll::Ready(None);
        };
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(inner).poll_frame(context)));
        match polled {
            Ok(Poll::Ready(Some(Ok(frame)))) => {
                if let Some(timer) = &mut this.timer {
                    timer.as_mut().reset(Instant::now() + this.idle);
                }
                Poll::Ready(Some(Ok(frame.map_data(|data| sort_members(reorder(data))))))
            }
            Ok(Poll::Ready(None)) => Poll::Ready(None),
            Ok(Poll::Ready(Some(Err(error)))) => {
                tracing::error!(%error, "a stream failed");
                this.end_with(
                    "internalServerException",
                    "The stream ended with an unexpected error.",
                )
            }
            Ok(Poll::Pending) if this.poll_silence(context).is_pending() => Poll::Pending,
            Ok(Poll::Pending) => {
                let message = format!(
                    "The model sent nothing for {} seconds.",
                    this.idle.as_secs_f64()
                );
                this.end_with("modelStreamErrorException", &message)
            }
            Err(payload) => {
                tracing::error!(panic = panic_text(&*payload), "a stream panicked");
                this.end_with(
                    "internalServerException",
                    "The stream ended with an unexpected error.",
                )
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::new()
    }
}
