//! One line in the log per request, written when its response has ended.
//!
//! It says what was asked for and how it went, and holds nothing of either body.

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::BodyExt;
use pin_project_lite::pin_project;
use tower::Service;

use crate::app::{Body, BoxError};

/// A service whose requests are logged.
#[derive(Debug, Clone)]
pub(crate) struct LogRequests<S> {
    inner: S,
}

impl<S> LogRequests<S> {
    pub(crate) fn new(inner: S) -> Self {
        Self { inner }
    }
}

impl<S> Service<Request<Body>> for LogRequests<S>
where
    S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>,
{
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Logged<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let record = Record::of(&request);
        tracing::debug!(
            method = record.method.as_str(),
            path = record.path,
            "request begun"
        );
        Logged {
            inner: self.inner.call(request),
            record: Some(record),
        }
    }
}

pin_project! {
    /// A response to come, and what will be logged of it.
    pub(crate) struct Logged<F> {
        #[pin]
        inner: F,
        record: Option<Record>,
    }
}

impl<F: Future<Output = Result<Response<Body>, Infallible>>> Future for Logged<F> {
    type Output = Result<Response<Body>, Infallible>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let response = ready!(this.inner.poll(cx))?;
        let Some(mut record) = this.record.take() else {
            return Poll::Ready(Ok(response));
        };
        record.answered(&response);
        Poll::Ready(Ok(
            response.map(|inner| LoggedBody { inner, record }.boxed_unsync())
        ))
    }
}

/// A response body that tells its record how it ends.
struct LoggedBody {
    inner: Body,
    record: Record,
}

impl http_body::Body for LoggedBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let this = &mut *self;
        let frame = ready!(Pin::new(&mut this.inner).poll_frame(cx));
        match &frame {
            Some(Err(_)) => this.record.outcome = Outcome::Failed,
            None => this.record.outcome = Outcome::Complete,
            // The last frame of a body of known length is not followed by another poll.
            Some(Ok(_)) if this.inner.is_end_stream() => this.record.outcome = Outcome::Complete,
            Some(Ok(_)) => {}
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

/// How a response ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// It was sent in full.
    Complete,
    /// It broke off with an error of ours.
    Failed,
    /// The client left before its end.
    Abandoned,
}

/// What is logged of a request, when it is dropped.
struct Record {
    method: Method,
    path: String,
    begun: Instant,
    answered: Option<(StatusCode, Duration)>,
    request_id: Option<String>,
    outcome: Outcome,
}

impl Record {
    fn of(request: &Request<Body>) -> Self {
        Self {
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            begun: Instant::now(),
            answered: None,
            request_id: None,
            outcome: Outcome::Abandoned,
        }
    }

    fn answered(&mut self, response: &Response<Body>) {
        self.answered = Some((response.status(), self.begun.elapsed()));
        let request_id = response.headers().get("x-amzn-requestid");
        self.request_id = request_id
            .and_then(|id| id.to_str().ok())
            .map(str::to_owned);
        if response.body().is_end_stream() {
            self.outcome = Outcome::Complete;
        }
    }
}

impl Drop for Record {
    fn drop(&mut self) {
        let (status, latency) = self.answered.unzip();
        tracing::info!(
            request_id = self.request_id.as_deref(),
            method = self.method.as_str(),
            path = self.path,
            status = status.map(|status| status.as_u16()),
            latency_ms = latency.map(milliseconds),
            duration_ms = milliseconds(self.begun.elapsed()),
            outcome = self.outcome.word(),
            "request"
        );
    }
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Failed => "failed",
            Self::Abandoned => "abandoned",
        }
    }
}

/// Milliseconds, exact to the microsecond.
fn milliseconds(duration: Duration) -> f64 {
    let microseconds = u32::try_from(duration.as_micros()).unwrap_or(u32::MAX);
    f64::from(microseconds) / 1000.0
}
