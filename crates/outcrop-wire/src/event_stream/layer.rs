//! The layer that wraps event-stream answers.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use aws_smithy_http_server::body::{Body, BoxBody, boxed};
use http::{Request, Response, header};
use pin_project_lite::pin_project;
use tower::{Layer, Service};

use super::{body::EventStreamBody, ending::Ending};

/// The content type of event streams.
const EVENT_STREAM: &[u8] = b"application/vnd.amazon.eventstream";

/// Mends and guards event-stream answers.
#[derive(Debug, Clone, Copy)]
pub struct EventStreamLayer {
    idle: Duration,
}

impl EventStreamLayer {
    /// A stream that sends nothing for `idle` is ended with an exception.
    #[must_use]
    pub fn new(idle: Duration) -> Self {
        Self { idle }
    }
}

impl<S> Layer<S> for EventStreamLayer {
    type Service = EventStreamService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let idle = self.idle;
        EventStreamService { inner, idle }
    }
}

/// The service of [`EventStreamLayer`].
#[derive(Debug, Clone)]
pub struct EventStreamService<S> {
    inner: S,
    idle: Duration,
}

impl<S> Service<Request<Body>> for EventStreamService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = EventStreamFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        EventStreamFuture {
            ending: request.extensions().get().cloned(),
            inner: self.inner.call(request),
            idle: self.idle,
        }
    }
}

pin_project! {
    /// The future of [`EventStreamService`].
    pub struct EventStreamFuture<F> {
        #[pin]
        inner: F,
        idle: Duration,
        ending: Option<Ending>,
    }
}

impl<F> Future for EventStreamFuture<F>
where
    F: Future<Output = Result<Response<BoxBody>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let answer = ready!(this.inner.poll(context));
        let (idle, ending) = (*this.idle, this.ending.take());
        Poll::Ready(answer.map(|response| {
            if is_stream(&response) {
                response.map(|body| boxed(EventStreamBody::new(body, idle, ending)))
            } else {
                response
            }
        }))
    }
}

fn is_stream(response: &Response<BoxBody>) -> bool {
    let content_type = response.headers().get(header::CONTENT_TYPE);
    response.status().is_success()
        && content_type.is_some_and(|value| value.as_bytes() == EVENT_STREAM)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use futures_util::{Stream, StreamExt, stream};
    use http_body::Frame;
    use http_body_util::StreamBody;
    use tokio_util::sync::CancellationToken;
    use tower::service_fn;

    use super::*;
    use crate::testing::{Answer, answer, get};

    type Item = Result<Frame<Bytes>, std::io::Error>;

    async fn stream_of<T: Stream<Item = Item> + Send + 'static>(events: T) -> Answer {
        ask(get("/"), events).await
    }

    async fn ask<T: Stream<Item = Item> + Send + 'static>(
        request: Request<Body>,
        events: T,
    ) -> Answer {
        let body = std::sync::Mutex::new(Some(boxed(StreamBody::new(events))));
        let inner = service_fn(move |_request: Request<Body>| {
            let body = body
                .lock()
                .expect("one request")
                .take()
                .expect("one request");
            let response = Response::builder()
                .header("content-type", "application/vnd.amazon.eventstream")
                .body(body);
            async move { Ok(response.expect("a valid response")) }
        });
        answer(
            EventStreamLayer::new(Duration::from_secs(9)).layer(inner),
            request,
        )
        .await
    }

    fn events() -> impl Stream<Item = Item> + Send + 'static {
        stream::iter([
            Ok(Frame::data(Bytes::from_static(b"one"))),
            Ok(Frame::data(Bytes::from_static(b"two"))),
        ])
    }

    fn tail(answer: &Answer) -> String {
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert!(text.starts_with("onetwo"), "{text}");
        text.split_at(6).1.to_owned()
    }

    #[tokio::test]
    async fn stream_that_ends_well_ends() {
        assert_eq!(tail(&stream_of(events()).await), "");
    }

    #[tokio::test(start_paused = true)]
    async fn silence_ends_in_an_exception() {
        let tail = tail(&stream_of(events().chain(stream::pending())).await);
        assert!(
            tail.contains("modelStreamErrorException") && tail.contains("nothing for 9 seconds"),
            "{tail}"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn end_of_the_server_ends_what_waits() {
        let token = CancellationToken::new();
        let mut request = get("/");
        request.extensions_mut().insert(Ending(token.clone()));
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_secs(1)).await;
            token.cancel();
        });
        let tail = tail(&ask(request, events().chain(stream::pending())).await);
        assert!(
            tail.contains("serviceUnavailableException") && tail.contains("shutting down"),
            "{tail}"
        );
    }

    #[tokio::test]
    async fn failure_and_panic_end_in_an_exception() {
        let failing = events().chain(stream::iter([Err(std::io::Error::other(
            "backend went away",
        ))]));
        assert!(tail(&stream_of(failing).await).contains("internalServerException"));
        let panicking = events().chain(stream::once(async { panic!("in a stream") }));
        assert!(tail(&stream_of(panicking).await).contains("internalServerException"));
    }
}
