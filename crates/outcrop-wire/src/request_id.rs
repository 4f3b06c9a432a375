//! `x-amzn-RequestId` on every answer, streams and errors included.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use http::{HeaderValue, Request, Response};
use pin_project_lite::pin_project;
use tower::{Layer, Service};
use uuid::Uuid;

/// The header's name.
pub const REQUEST_ID: &str = "x-amzn-requestid";

/// Request extension: the id that the answer will carry, a lower-case version 4 UUID.
#[derive(Debug, Clone)]
pub struct RequestId(HeaderValue);

impl RequestId {
    fn generate() -> Self {
        let mut buffer = Uuid::encode_buffer();
        let text = Uuid::new_v4().hyphenated().encode_lower(&mut buffer);
        // Hexadecimal digits and hyphens are a valid header value.
        Self(HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("")))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

/// Gives every request an id.
#[derive(Debug, Clone, Copy, Default)]
pub struct RequestIdLayer;

impl<S> Layer<S> for RequestIdLayer {
    type Service = RequestIdService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        RequestIdService { inner }
    }
}

/// The service of [`RequestIdLayer`].
#[derive(Debug, Clone)]
pub struct RequestIdService<S> {
    inner: S,
}

impl<S> Service<Request<Body>> for RequestIdService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = RequestIdFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let id = RequestId::generate();
        let header = id.0.clone();
        request.extensions_mut().insert(id);
        RequestIdFuture {
            inner: self.inner.call(request),
            header,
        }
    }
}

pin_project! {
    /// The future of [`RequestIdService`].
    pub struct RequestIdFuture<F> {
        #[pin]
        inner: F,
        header: HeaderValue,
    }
}

impl<F> Future for RequestIdFuture<F>
where
    F: Future<Output = Result<Response<BoxBody>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut answer = ready!(this.inner.poll(context));
        if let Ok(response) = &mut answer {
            response
                .headers_mut()
                .insert(REQUEST_ID, this.header.clone());
        }
        Poll::Ready(answer)
    }
}

#[cfg(test)]
mod tests {
    use tower::service_fn;

    use super::*;
    use crate::testing::{answer, get};

    #[tokio::test]
    async fn answer_and_request_have_the_same_id() {
        let inner = service_fn(|request: Request<Body>| async move {
            let id = request
                .extensions()
                .get::<RequestId>()
                .expect("is set")
                .as_str()
                .to_owned();
            Ok(Response::new(aws_smithy_http_server::body::to_boxed(id)))
        });
        let answer = answer(RequestIdLayer.layer(inner), get("/")).await;
        let id = answer.header(REQUEST_ID).expect("is set");
        assert_eq!(answer.text(), id);
        let uuid = Uuid::try_parse(id).expect("a UUID");
        assert_eq!(uuid.get_version_num(), 4);
        assert_eq!(id, id.to_lowercase());
    }
}
