//! An answer on its way from the server to the client.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::{Duration, Instant},
};

use futures_util::Stream;
use http_body::Body;
use outcrop_engine::{EngineError, StreamEvent};
use reqwest::{Response, header::CONTENT_TYPE};
use tokio::time::Sleep;

use crate::{error::Fault, events::Events, gate::Permit, http::cause};

/// Bytes of an answer that a server sends whole.
const LONGEST_ANSWER: usize = 32 << 20;

/// Makes events of what a server sends. A state machine without I/O, one for each answer.
pub(crate) trait Chunks: Send + Sync + Unpin + 'static {
    /// Takes the data of one server-sent event, or a whole answer of a server that does not stream.
    fn feed(&mut self, data: &[u8]) -> Result<Progress, Fault>;

    /// Ends the message. `done` says whether the server said so, and did not just stop sending.
    fn finish(&mut self, done: bool, latency_ms: i64) -> Result<(), Fault>;

    /// The next event that is ready. There is none before the model has said something.
    fn pop(&mut self) -> Option<StreamEvent>;

    /// Whether [`pop`](Self::pop) has an event.
    fn has_events(&self) -> bool;

    /// Whether the model has said why it stopped, so that nothing but its usage is missing.
    fn has_stopped(&self) -> bool;
}

/// Whether a server has more to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Progress {
    More,
    /// What follows is no part of the answer.
    Done,
}

/// The events of one answer. The server is read only as far as the client asks, and dropping this
/// closes the connection, which ends the server's work.
pub(crate) struct Answer<C> {
    body: reqwest::Body,
    framing: Framing,
    chunks: C,
    state: State,
    idle: Pin<Box<Sleep>>,
    idle_timeout: Duration,
    started: Instant,
    _permit: Permit,
}

/// How chunks are told apart.
enum Framing {
    Events(Events),
    /// A server that does not stream sends one JSON document.
    Whole(Vec<u8>),
}

#[derive(Debug)]
enum State {
    Reading,
    Failed(Fault),
    /// All events are known. What is left of the body is read where it is there already, so that
    /// the connection can be used again.
    Complete,
    Ended,
}

impl<C: Chunks> Answer<C> {
    pub(crate) fn new(
        response: Response,
        chunks: C,
        idle_timeout: Duration,
        started: Instant,
        permit: Permit,
    ) -> Self {
        let kind = response.headers().get(CONTENT_TYPE);
        let is_json = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        Self {
            body: response.into(),
            framing: if is_json {
                Framing::Whole(Vec::new())
            } else {
                Framing::Events(Events::default())
            },
            chunks,
            state: State::Reading,
            idle: Box::pin(tokio::time::sleep(idle_timeout)),
            idle_timeout,
            started,
            _permit: permit,
        }
    }

    /// Waits until the first event is known. What fails before it is the error.
    pub(crate) async fn begin(&mut self) -> Result<(), Fault> {
        std::future::poll_fn(|cx| self.poll_begin(cx)).await
    }

    fn poll_begin(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Fault>> {
        loop {
            if self.chunks.has_events() {
                return Poll::Ready(Ok(()));
            }
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Reading => {
                    self.state = State::Reading;
                    ready!(self.poll_read(cx));
                }
                State::Failed(fault) => return Poll::Ready(Err(fault)),
                State::Complete | State::Ended => return Poll::Ready(Err(Fault::Incomplete)),
            }
        }
    }

    /// Goes on by one piece of the body.
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                let deadline = tokio::time::Instant::now() + self.idle_timeout;
                self.idle.as_mut().reset(deadline);
                if let Ok(bytes) = frame.into_data() {
                    self.bytes(&bytes);
                }
            }
            Poll::Ready(Some(Err(error))) => {
                // What came before the break may be a whole answer.
                self.over(Fault::Broken(cause(&error)));
            }
            Poll::Ready(None) => self.end(),
            Poll::Pending => {
                ready!(self.idle.as_mut().poll(cx));
                self.over(Fault::Stalled(self.idle_timeout));
            }
        }
        Poll::Ready(())
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let read = match &mut self.framing {
            Framing::Events(events) => events.feed(bytes, &mut self.chunks),
            Framing::Whole(body) if body.len() + bytes.len() > LONGEST_ANSWER => {
                Err(Fault::too_long())
            }
            Framing::Whole(body) => {
                body.extend_from_slice(bytes);
                Ok(Progress::More)
            }
        };
        match read {
            Ok(Progress::More) => {}
            Ok(Progress::Done) => self.complete(true),
            Err(fault) => self.state = State::Failed(fault),
        }
    }

    /// The body ends.
    fn end(&mut self) {
        let read = match &mut self.framing {
            Framing::Events(events) => events.finish(&mut self.chunks),
            Framing::Whole(body) => {
                let read = self.chunks.feed(&std::mem::take(body));
                read.map(|_| Progress::Done)
            }
        };
        match read {
            Ok(progress) => self.complete(progress == Progress::Done),
            Err(fault) => self.state = State::Failed(fault),
        }
    }

    /// Nothing more comes: an end for an answer that lacks only its usage, a fault for others.
    fn over(&mut self, fault: Fault) {
        if self.chunks.has_stopped() {
            self.complete(false);
        } else {
            self.state = State::Failed(fault);
        }
    }

    fn complete(&mut self, done: bool) {
        let latency = self.started.elapsed().as_millis();
        let latency = i64::try_from(latency).unwrap_or(i64::MAX);
        self.state = match self.chunks.finish(done, latency) {
            Ok(()) => State::Complete,
            Err(fault) => State::Failed(fault),
        };
    }

    /// Reads what is there already of the body's end.
    fn drain(&mut self, cx: &mut Context<'_>) {
        while let Poll::Ready(Some(Ok(_))) = Pin::new(&mut self.body).poll_frame(cx) {}
        self.body = reqwest::Body::default();
    }
}

impl<C: Chunks> Stream for Answer<C> {
    type Item = Result<StreamEvent, EngineError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(event) = self.chunks.pop() {
                return Poll::Ready(Some(Ok(event)));
            }
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Reading => {
                    self.state = State::Reading;
                    ready!(self.poll_read(cx));
                }
                State::Failed(fault) => {
                    // The server need not go on with what nobody will read.
                    self.body = reqwest::Body::default();
                    tracing::warn!(?fault, "the backend's answer broke off");
                    return Poll::Ready(Some(Err(fault.within())));
                }
                State::Complete => self.drain(cx),
                State::Ended => return Poll::Ready(None),
            }
        }
    }
}
