//! Headers that every answer of the real service has: `Content-Length` on whole answers and, over HTTP/1.1,
//! `Connection: keep-alive`. `Date` is the server's.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use http::{HeaderValue, Request, Response, Version, header};
use http_body::Body as _;
use pin_project_lite::pin_project;
use tower::{Layer, Service};

/// Completes the headers of every answer.
#[derive(Debug, Clone, Copy, Default)]
pub struct AnswerHeadersLayer;

impl<S> Layer<S> for AnswerHeadersLayer {
    type Service = AnswerHeadersService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        AnswerHeadersService { inner }
    }
}

/// The service of [`AnswerHeadersLayer`].
#[derive(Debug, Clone)]
pub struct AnswerHeadersService<S> {
    inner: S,
}

impl<S> Service<Request<Body>> for AnswerHeadersService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = AnswerHeadersFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let closes = request
            .headers()
            .get(header::CONNECTION)
            .is_some_and(|value| value == "close");
        AnswerHeadersFuture {
            keep_alive: request.version() == Version::HTTP_11 && !closes,
            inner: self.inner.call(request),
        }
    }
}

pin_project! {
    /// The future of [`AnswerHeadersService`].
    pub struct AnswerHeadersFuture<F> {
        #[pin]
        inner: F,
        keep_alive: bool,
    }
}

impl<F> Future for AnswerHeadersFuture<F>
where
    F: Future<Output = Result<Response<BoxBody>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut answer = ready!(this.inner.poll(context));
        if let Ok(response) = &mut answer {
            complete(response, *this.keep_alive);
        }
        Poll::Ready(answer)
    }
}

fn complete(response: &mut Response<BoxBody>, keep_alive: bool) {
    let length = response.body().size_hint().exact();
    let headers = response.headers_mut();
    if let Some(length) = length {
        headers
            .entry(header::CONTENT_LENGTH)
            .or_insert_with(|| HeaderValue::from(length));
    }
    if keep_alive {
        headers
            .entry(header::CONNECTION)
            .or_insert(HeaderValue::from_static("keep-alive"));
    }
}

#[cfg(test)]
mod tests {
    use aws_smithy_http_server::body::{boxed, to_boxed};
    use bytes::Bytes;
    use http_body::Frame;
    use http_body_util::StreamBody;
    use tower::service_fn;

    use super::*;
    use crate::testing::{Answer, answer, get};

    async fn call(request: Request<Body>, stream: bool) -> Answer {
        let inner = service_fn(move |_request: Request<Body>| async move {
            let frames = futures_util::stream::iter([Ok::<_, std::io::Error>(Frame::data(
                Bytes::from_static(b"{}"),
            ))]);
            let body = if stream {
                boxed(StreamBody::new(frames))
            } else {
                to_boxed("{}")
            };
            Ok(Response::new(body))
        });
        answer(AnswerHeadersLayer.layer(inner), request).await
    }

    #[tokio::test]
    async fn whole_answers_have_a_length() {
        assert_eq!(
            call(get("/"), false).await.header("content-length"),
            Some("2")
        );
        assert_eq!(call(get("/"), true).await.header("content-length"), None);
    }

    #[tokio::test]
    async fn only_http_1_1_keeps_alive() {
        assert_eq!(
            call(get("/"), false).await.header("connection"),
            Some("keep-alive")
        );
        let mut request = get("/");
        *request.version_mut() = Version::HTTP_2;
        assert_eq!(call(request, false).await.header("connection"), None);
        let mut request = get("/");
        request
            .headers_mut()
            .insert("connection", HeaderValue::from_static("close"));
        assert_eq!(call(request, false).await.header("connection"), None);
    }
}
