//! The body of an event-stream answer.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use aws_smithy_http_server::body::BoxBody;
use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use super::{
    ending::{Ending, WaitForEnding},
    frame::{exception, reorder, sort_members},
};
use crate::panic::panic_text;

type FrameResult = Result<Frame<Bytes>, <BoxBody as Body>::Error>;

/// What a client reads of a fault of the server's within a stream.
const UNEXPECTED: &str = "The stream ended with an unexpected error.";

/// What a client reads when the server ends before the stream.
const SHUTDOWN: &str = "The server is shutting down. Try your request again.";

/// Mends every frame, and ends the stream with an exception when it stalls, fails or panics, or when the server ends.
pub(super) struct EventStreamBody {
    /// Gone once the stream has ended.
    inner: Option<BoxBody>,
    idle: Duration,
    // Made when the stream first makes its reader wait.
    timer: Option<Pin<Box<Sleep>>>,
    ending: WaitForEnding,
}

impl EventStreamBody {
    pub(super) fn new(inner: BoxBody, idle: Duration, ending: Option<Ending>) -> Self {
        Self {
            inner: Some(inner),
            idle,
            timer: None,
            ending: WaitForEnding::new(ending),
        }
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

/// What is sent at once, at the most, of the frames that are ready together.
const TOGETHER: usize = 16 << 10;

impl EventStreamBody {
    /// The next mended frame, or what ends the stream instead.
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<FrameResult>> {
        let Some(inner) = &mut self.inner else {
            return Poll::Ready(None);
        };
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(inner).poll_frame(context)));
        match polled {
            Ok(Poll::Ready(Some(Ok(frame)))) => {
                let frame = frame.map_data(|data| sort_members(reorder(data)));
                Poll::Ready(Some(Ok(frame)))
            }
            Ok(Poll::Ready(None)) => {
                self.inner = None;
                Poll::Ready(None)
            }
            Ok(Poll::Ready(Some(Err(error)))) => {
                tracing::error!(%error, "a stream failed");
                self.end_with("internalServerException", UNEXPECTED)
            }
            Ok(Poll::Pending) => Poll::Pending,
            Err(payload) => {
                tracing::error!(panic = panic_text(&*payload), "a stream panicked");
                self.end_with("internalServerException", UNEXPECTED)
            }
        }
    }

    /// Adds to `first` what is ready already, so that many small frames are one write.
    fn gather(&mut self, first: Bytes, context: &mut Context<'_>) -> Bytes {
        let mut together = None;
        let mut length = first.len();
        while length < TOGETHER
            && let Poll::Ready(Some(Ok(frame))) = self.poll_next(context)
            && let Ok(data) = frame.into_data()
        {
            length += data.len();
            together
                .get_or_insert_with(|| BytesMut::from(&first[..]))
                .extend_from_slice(&data);
        }
        together.map_or(first, BytesMut::freeze)
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
        match this.poll_next(context) {
            Poll::Ready(Some(Ok(frame))) => {
                if let Some(timer) = &mut this.timer {
                    timer.as_mut().reset(Instant::now() + this.idle);
                }
                let frame = match frame.into_data() {
                    Ok(data) => Frame::data(this.gather(data, context)),
                    Err(other) => other,
                };
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Pending if this.ending.poll(context).is_ready() => {
                this.end_with("serviceUnavailableException", SHUTDOWN)
            }
            Poll::Pending if this.poll_silence(context).is_ready() => {
                let seconds = this.idle.as_secs_f64();
                let message = format!("The model sent nothing for {seconds} seconds.");
                this.end_with("modelStreamErrorException", &message)
            }
            other => other,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::new()
    }
}
