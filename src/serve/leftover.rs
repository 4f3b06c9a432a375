//! Request bodies that are read to their end, even by an answer that does not want them.
//!
//! An answer that comes while the client is still sending, such as a refusal, may not arrive: over HTTP/1.1 the connection
//! is reset, and over HTTP/2 clients built on nghttp2 (Node.js and with it the AWS SDK for JavaScript, curl) lose an answer
//! that is followed by `RST_STREAM`, and may wait for it forever. So the rest is read and thrown away, within limits.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use aws_smithy_http_server::body::Body;
use bytes::Bytes;
use http::{Request, header};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;
use tokio::{runtime::Handle, time::timeout};

/// Most bytes that are thrown away: several times those of the largest request.
const MOST_BYTES: usize = 128 << 20;
/// Time allowed for all of it.
const DEADLINE: Duration = Duration::from_secs(30);
/// Time after which a client that sends nothing is not waited for.
const PAUSE: Duration = Duration::from_secs(1);

/// A request whose body is read to its end.
pub(super) fn read_to_the_end<B>(request: Request<B>) -> Request<Body>
where
    B: http_body::Body<Data = Bytes> + Unpin + Send + Sync + 'static,
    B::Error: std::error::Error + Send + Sync + 'static,
{
    // A client that waits for `100 Continue` has sent nothing yet, and must not be asked to.
    let waits = request.headers().contains_key(header::EXPECT);
    request.map(|body| {
        if waits || body.is_end_stream() {
            Body::new(body)
        } else {
            Body::new(Wanted(Some(body)))
        }
    })
}

/// A body; `None` once it has ended.
struct Wanted<B: http_body::Body<Data = Bytes> + Unpin + Send + 'static>(Option<B>);

impl<B: http_body::Body<Data = Bytes> + Unpin + Send + 'static> http_body::Body for Wanted<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        let Some(body) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let frame = ready!(Pin::new(body).poll_frame(context));
        if !matches!(frame, Some(Ok(_))) {
            self.0 = None;
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(http_body::Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0
            .as_ref()
            .map_or_else(|| SizeHint::with_exact(0), http_body::Body::size_hint)
    }
}

impl<B: http_body::Body<Data = Bytes> + Unpin + Send + 'static> Drop for Wanted<B> {
    fn drop(&mut self) {
        if let Some(body) = self.0.take().filter(|body| !body.is_end_stream())
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(timeout(DEADLINE, throw_away(body)));
        }
    }
}

async fn throw_away<B: http_body::Body<Data = Bytes> + Unpin>(mut body: B) {
    let mut left = MOST_BYTES;
    while let Ok(Some(Ok(frame))) = timeout(PAUSE, body.frame()).await {
        let length = frame.data_ref().map_or(0, Bytes::len);
        let Some(rest) = left.checked_sub(length) else {
            return;
        };
        left = rest;
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use tokio::sync::{mpsc, oneshot};

    use super::*;

    const PIECE: usize = 1 << 20;
    static ZEROS: [u8; PIECE] = [0; PIECE];

    /// A body that tells of every piece that is read, and of its own end by being dropped.
    struct Pieces {
        left: usize,
        read: mpsc::UnboundedSender<usize>,
    }

    impl http_body::Body for Pieces {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            let Some(left) = self.left.checked_sub(1) else {
                return Poll::Ready(None);
            };
            self.left = left;
            let _ = self.read.send(left);
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(&ZEROS)))))
        }
    }

    /// How many pieces are read of a body of so many, whose first one only is wanted.
    async fn read(pieces: usize, expect: bool) -> usize {
        let (read, mut reads) = mpsc::unbounded_channel();
        let mut request = Request::new(Pieces { left: pieces, read });
        if expect {
            let value = http::HeaderValue::from_static("100-continue");
            request.headers_mut().insert(header::EXPECT, value);
        }
        let mut body = read_to_the_end(request).into_body();
        body.frame().await;
        drop(body);
        let mut count = 0;
        while reads.recv().await.is_some() {
            count += 1;
        }
        count
    }

    #[tokio::test]
    async fn the_rest_of_an_unwanted_body_is_read() {
        assert_eq!(read(30, false).await, 30);
    }

    #[tokio::test]
    async fn not_without_end() {
        assert_eq!(read(usize::MAX, false).await, 1 + MOST_BYTES / PIECE + 1);
    }

    #[tokio::test]
    async fn a_client_that_waits_is_not_asked_to_send() {
        assert_eq!(read(30, true).await, 1);
    }

    /// A body that never goes on.
    struct Stalled(#[expect(dead_code, reason = "its drop is what tells")] oneshot::Sender<()>);

    impl http_body::Body for Stalled {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            Poll::Pending
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_sends_nothing_is_given_up() {
        let (sender, dropped) = oneshot::channel();
        drop(read_to_the_end(Request::new(Stalled(sender))));
        assert!(dropped.await.is_err(), "nothing is sent, only dropped");
    }
}
