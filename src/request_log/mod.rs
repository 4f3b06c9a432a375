//! One line in the log per request, written when its response has ended.
//!
//! It says what was asked for and how it went, and holds nothing of either body.

mod record;

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use aws_smithy_http_server::{
    body::{Body, BoxBody},
    error::Error,
};
use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use pin_project_lite::pin_project;
use tower::Service;

use self::record::{Outcome, Record};

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
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Logged<S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let record = Record::of(&request);
        let inner = self.inner.call(request);
        record.log_begun();
        Logged {
            inner,
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

impl<F: Future<Output = Result<Response<BoxBody>, Infallible>>> Future for Logged<F> {
    type Output = Result<Response<BoxBody>, Infallible>;

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
    inner: BoxBody,
    record: Record,
}

impl http_body::Body for LoggedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
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
