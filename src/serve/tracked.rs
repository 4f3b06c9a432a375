//! The parts of a connection that report what it is doing: its socket, its service, its response bodies.

use std::{
    convert::Infallible,
    future::Future,
    io,
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
use hyper::body::Incoming;
use outcrop_wire::Ending;
use pin_project_lite::pin_project;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tower::{ServiceExt, util::Oneshot};

use super::{
    activity::{Activity, OpenRequest},
    leftover::read_to_the_end,
    wakes::Wakes,
};
use crate::app::App;

pin_project! {
    /// A socket that reports its reads and writes.
    pub(super) struct Socket<T> {
        #[pin]
        inner: T,
        activity: Arc<Activity>,
    }
}

impl<T> Socket<T> {
    pub(super) fn new(inner: T, activity: Arc<Activity>) -> Self {
        Self { inner, activity }
    }
}

impl<T: AsyncRead> AsyncRead for Socket<T> {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.project();
        let before = buf.filled().len();
        ready!(this.inner.poll_read(cx, buf))?;
        if buf.filled().len() > before {
            this.activity.read();
        }
        Poll::Ready(Ok(()))
    }
}

impl<T: AsyncWrite> AsyncWrite for Socket<T> {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let this = self.project();
        let written = this.inner.poll_write(cx, buf);
        this.activity.written(written.is_pending());
        written
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.project();
        let written = this.inner.poll_write_vectored(cx, bufs);
        this.activity.written(written.is_pending());
        written
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.project();
        // TLS buffers what it could not write, so its flush stalls where its write did not.
        let flushed = this.inner.poll_flush(cx);
        this.activity.written(flushed.is_pending());
        flushed
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.project().inner.poll_shutdown(cx)
    }
}

/// The service of one connection: the app, with its requests reported.
pub(super) struct Requests {
    app: App,
    activity: Arc<Activity>,
    ending: Ending,
}

impl Requests {
    pub(super) fn new(app: App, activity: Arc<Activity>, ending: Ending) -> Self {
        Self {
            app,
            activity,
            ending,
        }
    }
}

impl hyper::service::Service<Request<Incoming>> for Requests {
    type Response = Response<TrackedBody>;
    type Error = Infallible;
    type Future = TrackedResponse;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let open = self.activity.request(request.version());
        let mut request = read_to_the_end(request);
        request.extensions_mut().insert(self.ending.clone());
        TrackedResponse {
            inner: self.app.clone().oneshot(request),
            wakes: Wakes::new(),
            open: Some(open),
        }
    }
}

pin_project! {
    /// A response to come; the request is open as long as it or its body is held.
    pub(super) struct TrackedResponse {
        #[pin]
        inner: Oneshot<App, Request<Body>>,
        wakes: Wakes,
        open: Option<OpenRequest>,
    }
}

impl Future for TrackedResponse {
    type Output = Result<Response<TrackedBody>, Infallible>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let response = ready!(this.wakes.poll_woken(cx, |cx| this.inner.poll(cx)))?;
        let open = this.open.take();
        Poll::Ready(Ok(response.map(|inner| TrackedBody { inner, _open: open })))
    }
}

/// A response body that keeps its request open.
pub(super) struct TrackedBody {
    inner: BoxBody,
    _open: Option<OpenRequest>,
}

impl http_body::Body for TrackedBody {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        Pin::new(&mut self.inner).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
