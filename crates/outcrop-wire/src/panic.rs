//! A panic in a handler is one failed request, not a broken connection.

use std::{
    any::Any,
    convert::Infallible,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use futures_util::future::Either;
use http::{Request, Response};
use pin_project_lite::pin_project;
use tower::{Layer, Service};

use crate::error::WireError;

/// Answers 500 when the inner service panics.
#[derive(Debug, Clone, Copy, Default)]
pub struct CatchPanicLayer;

impl<S> Layer<S> for CatchPanicLayer {
    type Service = CatchPanicService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        CatchPanicService { inner }
    }
}

/// The service of [`CatchPanicLayer`].
#[derive(Debug, Clone)]
pub struct CatchPanicService<S> {
    inner: S,
}

impl<S> Service<Request<Body>> for CatchPanicService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Either<
        CatchPanicFuture<S::Future>,
        std::future::Ready<Result<Response<BoxBody>, Infallible>>,
    >;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        match catch_unwind(AssertUnwindSafe(|| self.inner.call(request))) {
            Ok(inner) => Either::Left(CatchPanicFuture { inner }),
            Err(payload) => Either::Right(std::future::ready(Ok(answer(&*payload)))),
        }
    }
}

pin_project! {
    /// The future of [`CatchPanicService`].
    pub struct CatchPanicFuture<F> {
        #[pin]
        inner: F,
    }
}

impl<F> Future for CatchPanicFuture<F>
where
    F: Future<Output = Result<Response<BoxBody>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let inner = self.project().inner;
        catch_unwind(AssertUnwindSafe(|| inner.poll(context)))
            .unwrap_or_else(|payload| Poll::Ready(Ok(answer(&*payload))))
    }
}

fn answer(payload: &(dyn Any + Send)) -> Response<BoxBody> {
    tracing::error!(panic = panic_text(payload), "a handler panicked");
    WireError::internal().into_response()
}

/// What the panic said, if it said anything.
pub(crate) fn panic_text(payload: &(dyn Any + Send)) -> &str {
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    owned
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use tower::service_fn;

    use super::*;
    use crate::testing::{answer, get};

    #[tokio::test]
    async fn panic_is_a_500_with_a_message() {
        for early in [true, false] {
            let inner = service_fn(move |_request: Request<Body>| {
                assert!(!early, "in the call");
                async move {
                    assert!(early, "in the future");
                    Ok(Response::new(aws_smithy_http_server::body::empty()))
                }
            });
            let answer = answer(CatchPanicLayer.layer(inner), get("/")).await;
            assert_eq!(answer.status, 500);
            assert!(
                answer
                    .message()
                    .starts_with("The system encountered an unexpected error"),
                "{}",
                answer.text()
            );
            let kind = answer.header("x-amzn-errortype").expect("has a type");
            assert!(kind.starts_with("InternalServerException:"), "{kind}");
        }
    }
}
