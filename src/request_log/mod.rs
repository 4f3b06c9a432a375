//! What is told of every request once its answer has ended: one line in the log, its metrics and its span.
//!
//! They say what was asked for and how it went, and hold nothing of either body.

mod frames;
mod record;
mod tell;
mod traceparent;

use std::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    sync::Arc,
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
use outcrop_catalogue::Catalogue;
use outcrop_engine::observation;
use outcrop_wire::Current;
use pin_project_lite::pin_project;
use tower::Service;

use self::record::{Outcome, Record};
use crate::telemetry::Telemetry;

/// What is needed to tell of a request.
#[derive(Clone)]
pub(crate) struct Witness {
    pub(crate) telemetry: Telemetry,
    /// Tells models from what clients make up.
    pub(crate) catalogue: Current<Catalogue>,
}

/// A service whose requests are told of.
#[derive(Clone)]
pub(crate) struct LogRequests<S> {
    inner: S,
    witness: Witness,
}

impl<S> LogRequests<S> {
    pub(crate) fn new(inner: S, witness: Witness) -> Self {
        Self { inner, witness }
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
        let record = Record::begin(&request, self.witness.clone());
        let observation = Arc::clone(&record.observation);
        let inner = observation.within(|| self.inner.call(request));
        Logged {
            inner: observation.around(inner),
            record: Some(record),
        }
    }
}

pin_project! {
    /// A response to come, and what will be told of it.
    pub(crate) struct Logged<F> {
        // Comes first, so that what is dropped with it is noted before the record is.
        #[pin]
        inner: observation::Observed<F>,
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
    // Comes first, as above.
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
            None => this.record.complete(),
            Some(Ok(frame)) => {
                if let Some(data) = frame.data_ref() {
                    this.record.sent(data);
                }
                // The last frame of a body of known length is not followed by another poll.
                if this.inner.is_end_stream() {
                    this.record.complete();
                }
            }
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
