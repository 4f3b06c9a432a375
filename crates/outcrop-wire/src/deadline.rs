//! A deadline for the beginning of every answer.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use aws_smithy_http_server::body::{Body, BoxBody};
use http::{Request, Response};
use pin_project_lite::pin_project;
use tokio::time::{Sleep, sleep};
use tower::{Layer, Service};

use crate::error::WireError;

/// Ends requests whose answer has not begun in time with a 503.
#[derive(Debug, Clone, Copy)]
pub struct DeadlineLayer {
    deadline: Duration,
}

impl DeadlineLayer {
    /// Answers must begin within `deadline`.
    #[must_use]
    pub fn new(deadline: Duration) -> Self {
        Self { deadline }
    }
}

impl<S> Layer<S> for DeadlineLayer {
    type Service = DeadlineService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let deadline = self.deadline;
        DeadlineService { inner, deadline }
    }
}

/// The service of [`DeadlineLayer`].
#[derive(Debug, Clone)]
pub struct DeadlineService<S> {
    inner: S,
    deadline: Duration,
}

impl<S> Service<Request<Body>> for DeadlineService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = DeadlineFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        DeadlineFuture {
            inner: self.inner.call(request),
            deadline: self.deadline,
            timer: None,
        }
    }
}

pin_project! {
    /// The future of [`DeadlineService`].
    pub struct DeadlineFuture<F> {
        #[pin]
        inner: F,
        deadline: Duration,
        // Made when the answer is first waited for: most canned answers never are.
        timer: Option<Pin<Box<Sleep>>>,
    }
}

impl<F> Future for DeadlineFuture<F>
where
    F: Future<Output = Result<Response<BoxBody>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if let Poll::Ready(answer) = this.inner.poll(context) {
            return Poll::Ready(answer);
        }
        let timer = this
            .timer
            .get_or_insert_with(|| Box::pin(sleep(*this.deadline)));
        if timer.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let seconds = this.deadline.as_secs_f64();
        let message = format!(
            "The request was not answered within {seconds} seconds. Try your request again."
        );
        Poll::Ready(Ok(WireError::unavailable(message).into_response()))
    }
}

#[cfg(test)]
mod tests {
    use tower::service_fn;

    use super::*;
    use crate::testing::{answer, get};

    #[tokio::test(start_paused = true)]
    async fn late_answer_is_a_503() {
        let inner = service_fn(|_request: Request<Body>| std::future::pending());
        let answer = answer(
            DeadlineLayer::new(Duration::from_secs(3)).layer(inner),
            get("/"),
        )
        .await;
        assert_eq!(answer.status, 503);
        assert!(
            answer.message().contains("within 3 seconds"),
            "{}",
            answer.text()
        );
    }

    #[tokio::test(start_paused = true)]
    async fn answer_in_time_is_left_alone() {
        let inner = service_fn(|_request: Request<Body>| async {
            sleep(Duration::from_secs(2)).await;
            Ok(Response::new(aws_smithy_http_server::body::to_boxed("{}")))
        });
        let answer = answer(
            DeadlineLayer::new(Duration::from_secs(3)).layer(inner),
            get("/"),
        )
        .await;
        assert_eq!(answer.status, 200);
    }
}
