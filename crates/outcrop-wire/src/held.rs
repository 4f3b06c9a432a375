//! A response body that holds something until it ends, such as a place among the requests in flight.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{BoxBody, boxed};
use bytes::Bytes;
use http::Response;
use http_body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;

pin_project! {
    struct Held<G> {
        #[pin]
        inner: BoxBody,
        held: Option<G>,
    }
}

/// Holds `guard` until the answer has been sent, if it is a stream. Any other answer is complete already, so the guard
/// is dropped at once.
pub(crate) fn hold<G: Send + 'static>(response: Response<BoxBody>, guard: G) -> Response<BoxBody> {
    if response.body().size_hint().exact().is_some() {
        return response;
    }
    response.map(|inner| {
        let held = Some(guard);
        boxed(Held { inner, held })
    })
}

impl<G> Body for Held<G> {
    type Data = Bytes;
    type Error = <BoxBody as Body>::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.project();
        let polled = this.inner.poll_frame(context);
        if let Poll::Ready(None | Some(Err(_))) = &polled {
            this.held.take();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use http_body_util::{BodyExt, StreamBody};

    use super::*;

    #[tokio::test]
    async fn stream_holds_until_its_end() {
        let guard = Arc::new(());
        let frames = vec![Ok::<_, std::io::Error>(Frame::data(Bytes::from_static(
            b"a",
        )))];
        let stream = StreamBody::new(futures_util::stream::iter(frames));
        let mut response = hold(Response::new(boxed(stream)), Arc::clone(&guard));
        assert_eq!(Arc::strong_count(&guard), 2);
        assert!(response.body_mut().frame().await.is_some());
        assert_eq!(Arc::strong_count(&guard), 2);
        assert!(response.body_mut().frame().await.is_none());
        assert_eq!(Arc::strong_count(&guard), 1);
    }

    #[test]
    fn whole_answer_holds_nothing() {
        let guard = Arc::new(());
        let response = Response::new(aws_smithy_http_server::body::to_boxed("{}"));
        let _response = hold(response, Arc::clone(&guard));
        assert_eq!(Arc::strong_count(&guard), 1);
    }
}
