//! The body of an event-stream answer.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use aws_smithy_http_server::body::BoxBody;
use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame, SizeHint};
use tokio::{
    task::yield_now,
    time::{Instant, Sleep, sleep},
};

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

/// What is sent at once, at the most, of the frames that are ready together.
const TOGETHER: usize = 16 << 10;

/// Turns without a further frame after which what is held leaves, in a burst.
const TURNS: usize = 4;

/// Frames that follow the last write within this time are a burst.
const BURST: Duration = Duration::from_micros(200);

/// Mends every frame, and ends the stream with an exception when it stalls, fails or panics, or when the server ends.
pub(super) struct EventStreamBody {
    /// Gone once the stream has ended.
    inner: Option<BoxBody>,
    /// Frames that leave with those that are ready next.
    held: Option<BytesMut>,
    /// When something last left. The first frames, which the reader waits for, leave with the head.
    left: Option<Instant>,
    /// Turns of the executor that brought nothing to what is held.
    waited: usize,
    idle: Duration,
    // Made when the stream first makes its reader wait.
    timer: Option<Pin<Box<Sleep>>>,
    ending: WaitForEnding,
}

impl EventStreamBody {
    pub(super) fn new(inner: BoxBody, idle: Duration, ending: Option<Ending>) -> Self {
        Self {
            inner: Some(inner),
            held: None,
            left: None,
            waited: 0,
            idle,
            timer: None,
            ending: WaitForEnding::new(ending),
        }
    }

    /// Ends the stream with an exception.
    fn end_with(&mut self, kind: &str, message: &str) -> Bytes {
        self.inner = None;
        exception(kind, message)
    }

    fn poll_silence(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let idle = self.idle;
        self.timer
            .get_or_insert_with(|| Box::pin(sleep(idle)))
            .as_mut()
            .poll(context)
    }

    /// The next mended frame, or what ends the stream instead.
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let Some(inner) = &mut self.inner else {
            return Poll::Ready(None);
        };
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(inner).poll_frame(context)));
        Poll::Ready(match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            // Event streams have no trailers.
            Ok(Poll::Ready(Some(Ok(frame)))) => {
                let data = frame.into_data().unwrap_or_default();
                Some(sort_members(reorder(data)))
            }
            Ok(Poll::Ready(None)) => {
                self.inner = None;
                None
            }
            Ok(Poll::Ready(Some(Err(error)))) => {
                tracing::error!(%error, "a stream failed");
                Some(self.end_with("internalServerException", UNEXPECTED))
            }
            Err(payload) => {
                tracing::error!(panic = panic_text(&*payload), "a stream panicked");
                Some(self.end_with("internalServerException", UNEXPECTED))
            }
        })
    }

    /// Takes frames as long as they are ready, so that many small ones are one write.
    fn gather(&mut self, context: &mut Context<'_>) -> Poll<()> {
        loop {
            match self.poll_next(context) {
                Poll::Ready(Some(data)) => match &mut self.held {
                    Some(held) => held.extend_from_slice(&data),
                    None => self.held = Some(data.into()),
                },
                Poll::Ready(None) => return Poll::Ready(()),
                Poll::Pending => return Poll::Pending,
            }
            if self.held_bytes() >= TOGETHER {
                return Poll::Ready(());
            }
        }
    }

    fn held_bytes(&self) -> usize {
        self.held.as_ref().map_or(0, BytesMut::len)
    }

    /// Whether more is worth a wait: a turn of the executor is much cheaper than a write, and whoever fills the stream may be about to,
    /// all the more if it was a moment ago.
    fn may_wait(&self) -> bool {
        self.left.is_some_and(|left| {
            let turns = if left.elapsed() < BURST { TURNS } else { 1 };
            self.waited < turns
        })
    }

    /// What is held, as one frame.
    fn release(&mut self) -> Option<FrameResult> {
        let now = Instant::now();
        if let Some(timer) = &mut self.timer {
            timer.as_mut().reset(now + self.idle);
        }
        self.left = Some(now);
        self.waited = 0;
        self.held.take().map(|held| Ok(Frame::data(held.freeze())))
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
        let before = this.held_bytes();
        if this.gather(context).is_ready() {
            return Poll::Ready(this.release());
        }
        if this.held.is_some() {
            if this.held_bytes() > before {
                this.waited = 0;
            }
            if !this.may_wait() {
                return Poll::Ready(this.release());
            }
            this.waited += 1;
            let _ = pin!(yield_now()).poll(context);
            return Poll::Pending;
        }
        let end = if this.ending.poll(context).is_ready() {
            this.end_with("serviceUnavailableException", SHUTDOWN)
        } else if this.poll_silence(context).is_ready() {
            let seconds = this.idle.as_secs_f64();
            let message = format!("The model sent nothing for {seconds} seconds.");
            this.end_with("modelStreamErrorException", &message)
        } else {
            return Poll::Pending;
        };
        Poll::Ready(Some(Ok(Frame::data(end))))
    }

    fn is_end_stream(&self) -> bool {
        self.held.is_none() && self.inner.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::new()
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_http_server::body::boxed;
    use futures_util::{Stream, StreamExt, stream};
    use http_body_util::{BodyExt, StreamBody};

    use super::*;

    fn body(frames: impl Stream<Item = &'static str> + Send + 'static) -> EventStreamBody {
        let frames = frames.map(|text| Ok::<_, std::io::Error>(Frame::data(Bytes::from(text))));
        let inner = boxed(StreamBody::new(frames));
        EventStreamBody::new(inner, Duration::from_secs(9), None)
    }

    /// What leaves of a stream next, and after what time.
    async fn next(body: &mut EventStreamBody) -> (Bytes, Duration) {
        let begun = Instant::now();
        let frame = body.frame().await.expect("a frame").expect("no error");
        (frame.into_data().expect("data"), begun.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn what_each_turn_brings_leaves_together_but_the_first() {
        let frames = stream::iter(["one", "two", "three", "four"]).then(|text| async move {
            tokio::task::yield_now().await;
            text
        });
        let mut body = body(frames.chain(stream::pending()));
        assert_eq!(next(&mut body).await.0, "one");
        assert_eq!(next(&mut body).await.0, "twothreefour");
    }

    #[tokio::test(start_paused = true)]
    async fn a_lone_frame_waits_for_no_other() {
        let pause = Duration::from_millis(1);
        let frames = stream::iter(["one", "two", "three"]).then(move |text| async move {
            tokio::time::sleep(pause).await;
            text
        });
        let mut body = body(frames);
        for sent in ["one", "two", "three"] {
            assert_eq!(next(&mut body).await, (Bytes::from(sent), pause));
        }
    }

    #[tokio::test]
    async fn a_write_has_its_bounds() {
        let long: &'static str = "x".repeat(TOGETHER).leak();
        let mut body = body(stream::iter([long, long]));
        assert_eq!(next(&mut body).await.0, long);
    }
}
