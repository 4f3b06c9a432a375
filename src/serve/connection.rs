//! The open connections, each driven until it ends, waits too long, or has to make way for the end of the server.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use hyper_util::{
    rt::{TokioExecutor, TokioIo, TokioTimer},
    server::conn::auto::{self, Builder},
};
use outcrop_wire::Ending;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep, sleep_until, timeout},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::{
    accept::Acceptor,
    activity::{Activity, Expired},
    limits::Limits,
    tracked::{Requests, Socket},
    wakes::Wakes,
};
use crate::app::App;

/// Pings notice a peer that vanished without closing its connection.
const PING: Duration = Duration::from_secs(20);
/// Time for what ends at the end of the shutdown grace to say so.
const LAST_WORDS: Duration = Duration::from_secs(1);
/// Largest header list of a request, over HTTP/2 in octets as RFC 9113 counts them.
const HEADER_LIST: u32 = 64 * 1024;
/// Read buffer of an HTTP/1.1 connection, which bounds a request's head as well.
const READ_BUFFER: usize = 128 * 1024;

/// One HTTP connection over a socket of type `T`.
type Http<'a, T> = auto::Connection<'a, TokioIo<Socket<T>>, Requests, TokioExecutor>;

/// Every open connection of the server.
pub(super) struct Connections {
    app: App,
    limits: Limits,
    http: Builder<TokioExecutor>,
    draining: CancellationToken,
    /// Cancelled at the end of the shutdown grace.
    ending: CancellationToken,
    permits: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Connections {
    pub(super) fn new(app: App, limits: Limits, draining: CancellationToken) -> Arc<Self> {
        let permits = Arc::new(Semaphore::new(
            limits.connections.min(Semaphore::MAX_PERMITS),
        ));
        Arc::new(Self {
            app,
            limits,
            http: http(&limits),
            draining,
            ending: CancellationToken::new(),
            permits,
            tasks: TaskTracker::new(),
        })
    }

    pub(super) fn draining(&self) -> &CancellationToken {
        &self.draining
    }

    /// Waits for room for one more connection.
    pub(super) async fn permit(&self) -> Option<OwnedSemaphorePermit> {
        if self.permits.available_permits() == 0 {
            tracing::warn!(
                limit = self.limits.connections,
                "all connections are in use, new ones wait"
            );
        }
        Arc::clone(&self.permits).acquire_owned().await.ok()
    }

    /// Serves a connection in a task of its own.
    pub(super) fn open(
        self: &Arc<Self>,
        stream: TcpStream,
        acceptor: Acceptor,
        permit: Option<OwnedSemaphorePermit>,
    ) {
        let connections = Arc::clone(self);
        self.tasks.spawn(async move {
            // Answers are small and streamed: waiting to fill packets would only delay them.
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "cannot set TCP_NODELAY");
            }
            match acceptor {
                Acceptor::Plain => connections.serve(stream).await,
                Acceptor::Tls(tls) => tokio::select! {
                    () = connections.draining.cancelled() => {}
                    stream = tls.handshake(stream, connections.limits.head) => {
                        if let Some(stream) = stream {
                            connections.serve(stream).await;
                        }
                    }
                },
            }
            drop(permit);
        });
    }

    /// Waits until every connection has ended; each ends itself within the grace.
    pub(super) async fn finish(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    async fn serve<T: AsyncRead + AsyncWrite + Unpin + Send + 'static>(&self, stream: T) {
        let activity = Activity::new();
        let socket = TokioIo::new(Socket::new(stream, Arc::clone(&activity)));
        let requests = Requests::new(
            self.app.clone(),
            Arc::clone(&activity),
            Ending(self.ending.clone()),
        );
        let mut connection = pin!(self.http.serve_connection(socket, requests));
        let mut alarm = Alarm::new();
        tokio::select! {
            biased;
            () = self.draining.cancelled() => {}
            () = drive(connection.as_mut(), &activity, &self.limits, &mut alarm) => return,
        }
        connection.as_mut().graceful_shutdown();
        let mut rest = pin!(drive(connection, &activity, &self.limits, &mut alarm));
        let grace = timeout(self.limits.shutdown_grace, rest.as_mut());
        if grace.await.is_ok() {
            return;
        }
        // Every connection drains since the same moment, so this ends no stream of another one too early.
        self.ending.cancel();
        if timeout(LAST_WORDS, rest).await.is_err() {
            tracing::warn!(
                "a connection had a running request at the end of the shutdown grace and was cut"
            );
        }
    }
}

/// How connections speak HTTP.
fn http(limits: &Limits) -> Builder<TokioExecutor> {
    let mut http = Builder::new(TokioExecutor::new());
    // Hyper's own deadline would time idle connections like slow heads; `Activity` tells them apart.
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(None)
        .max_buf_size(READ_BUFFER);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING)
        .keep_alive_timeout(PING)
        .max_header_list_size(HEADER_LIST)
        .max_concurrent_streams(limits.streams);
    http
}

/// Drives a connection until it ends or has waited too long.
async fn drive<T: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
    mut connection: Pin<&mut Http<'_, T>>,
    activity: &Activity,
    limits: &Limits,
    alarm: &mut Alarm,
) {
    let wakes = Wakes::new();
    loop {
        let end = poll_fn(|cx| {
            let connection = |cx: &mut Context<'_>| connection.as_mut().poll(cx);
            if let Poll::Ready(result) = wakes.poll_again(cx, connection) {
                return Poll::Ready(End::Closed(result));
            }
            alarm
                .poll(cx, || activity.deadline(limits))
                .map(End::Expired)
        });
        match end.await {
            End::Closed(Ok(())) => return,
            End::Closed(Err(error)) => return tracing::debug!(%error, "a connection failed"),
            End::Expired(Expired::Idle) => {
                // HTTP/2 clients are told, and a request that crosses the message is still answered.
                activity.ending();
                connection.as_mut().graceful_shutdown();
            }
            End::Expired(reason) => {
                return tracing::debug!(?reason, "a connection waited too long and was closed");
            }
        }
    }
}

/// How a connection ends.
enum End {
    /// By itself.
    Closed(Result<(), Box<dyn std::error::Error + Send + Sync>>),
    /// By its deadline.
    Expired(Expired),
}

/// A timer for a deadline that moves with every request. It is set anew only when the deadline
/// comes nearer than the time it is set to, so a busy connection hardly ever touches it.
struct Alarm(Pin<Box<Sleep>>);

impl Alarm {
    fn new() -> Self {
        Self(Box::pin(sleep_until(Instant::now())))
    }

    /// Ready with the reason once the deadline, asked for anew each time, has passed.
    fn poll<R>(
        &mut self,
        cx: &mut Context<'_>,
        deadline: impl Fn() -> Option<(Instant, R)>,
    ) -> Poll<R> {
        loop {
            let Some((at, reason)) = deadline() else {
                return Poll::Pending;
            };
            if at <= Instant::now() {
                return Poll::Ready(reason);
            }
            if self.0.is_elapsed() || at < self.0.deadline() {
                self.0.as_mut().reset(at);
            }
            ready!(self.0.as_mut().poll(cx));
        }
    }
}
