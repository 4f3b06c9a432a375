//! What a connection is waiting for, and until when.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::Version;
use tokio::time::Instant;

use super::limits::Limits;

/// What one connection is doing. Its socket, its service and its response bodies report to it; its driver asks it for the deadline.
#[derive(Debug)]
pub(super) struct Activity(Mutex<State>);

#[derive(Debug)]
struct State {
    /// Requests whose response has not ended.
    open: usize,
    /// HTTP/2 frames that belong to no request (pings, window updates) arrive at any time, so bytes do not mean that a head began.
    http2: bool,
    /// What the connection waits for while no request is open.
    waiting: Waiting,
    /// When the client stopped reading what is written to it.
    stalled: Option<Instant>,
}

#[derive(Debug)]
enum Waiting {
    /// The rest of a request's head, or the first one of the connection.
    Head(Instant),
    /// The next request.
    Request(Instant),
}

/// Why a connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expired {
    /// A request's head took too long.
    Head,
    /// There was no request.
    Idle,
    /// The client did not read.
    Stalled,
}

impl Activity {
    /// A connection that was just opened: its first head has to arrive soon.
    pub(super) fn new() -> Arc<Self> {
        let waiting = Waiting::Head(Instant::now());
        Arc::new(Self(Mutex::new(State {
            open: 0,
            http2: false,
            waiting,
            stalled: None,
        })))
    }

    /// Bytes arrived.
    pub(super) fn read(&self) {
        let mut state = self.state();
        if state.open == 0 && !state.http2 && matches!(state.waiting, Waiting::Request(_)) {
            state.waiting = Waiting::Head(Instant::now());
        }
    }

    /// Bytes were taken by the socket, or (`blocked`) it takes no more for now.
    pub(super) fn written(&self, blocked: bool) {
        let mut state = self.state();
        if !blocked {
            state.stalled = None;
        } else if state.stalled.is_none() {
            state.stalled = Some(Instant::now());
        }
    }

    /// A request's head is complete. The request is open until the returned guard is dropped.
    pub(super) fn request(self: &Arc<Self>, version: Version) -> OpenRequest {
        let mut state = self.state();
        state.open += 1;
        state.http2 = version == Version::HTTP_2;
        drop(state);
        OpenRequest(Arc::clone(self))
    }

    /// The connection was told to end: it has the time of a head for it, and that of a request that crossed the message.
    pub(super) fn ending(&self) {
        self.state().waiting = Waiting::Head(Instant::now());
    }

    /// When the connection is to be closed as it is now, and why. `None` while it is busy.
    pub(super) fn deadline(&self, limits: &Limits) -> Option<(Instant, Expired)> {
        let state = self.state();
        let waiting = match state.waiting {
            _ if state.open > 0 => None,
            Waiting::Head(since) => Some((since + limits.head, Expired::Head)),
            Waiting::Request(since) => Some((since + limits.idle, Expired::Idle)),
        };
        let stalled = state
            .stalled
            .map(|since| (since + limits.idle, Expired::Stalled));
        waiting
            .into_iter()
            .chain(stalled)
            .min_by_key(|(deadline, _)| *deadline)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request whose response has not ended.
#[derive(Debug)]
pub(super) struct OpenRequest(Arc<Activity>);

impl Drop for OpenRequest {
    fn drop(&mut self) {
        let mut state = self.0.state();
        state.open -= 1;
        state.waiting = Waiting::Request(Instant::now());
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::Version;
    use tokio::time::{Instant, advance};

    use super::{Activity, Expired, Limits};

    const LIMITS: Limits = Limits {
        connections: 1,
        streams: 1,
        head: Duration::from_secs(10),
        idle: Duration::from_mins(2),
        shutdown_grace: Duration::from_secs(30),
    };

    /// Seconds from now to the deadline, and its reason.
    fn deadline(activity: &Activity) -> Option<(u64, Expired)> {
        let (deadline, expired) = activity.deadline(&LIMITS)?;
        Some((deadline.duration_since(Instant::now()).as_secs(), expired))
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_is_timed_from_its_first_byte_and_not_from_each() {
        let activity = Activity::new();
        activity.read();
        advance(Duration::from_secs(4)).await;
        activity.read();
        assert_eq!(deadline(&activity), Some((6, Expired::Head)));
        drop(activity.request(Version::HTTP_11));
        advance(Duration::from_secs(20)).await;
        assert_eq!(deadline(&activity), Some((100, Expired::Idle)));
        activity.read();
        assert_eq!(deadline(&activity), Some((10, Expired::Head)));
    }

    #[tokio::test(start_paused = true)]
    async fn an_open_request_has_no_deadline_and_the_last_one_starts_the_idle_time() {
        let activity = Activity::new();
        let first = activity.request(Version::HTTP_2);
        let second = activity.request(Version::HTTP_2);
        drop(first);
        assert_eq!(deadline(&activity), None);
        drop(second);
        assert_eq!(deadline(&activity), Some((120, Expired::Idle)));
    }

    #[tokio::test(start_paused = true)]
    async fn pings_do_not_start_a_head_nor_prolong_the_idle_time() {
        let activity = Activity::new();
        drop(activity.request(Version::HTTP_2));
        advance(Duration::from_secs(20)).await;
        activity.read();
        assert_eq!(deadline(&activity), Some((100, Expired::Idle)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_stops_reading_is_timed_until_it_reads_again() {
        let activity = Activity::new();
        let _request = activity.request(Version::HTTP_11);
        activity.written(true);
        advance(Duration::from_secs(20)).await;
        activity.written(true);
        assert_eq!(deadline(&activity), Some((100, Expired::Stalled)));
        activity.written(false);
        assert_eq!(deadline(&activity), None);
    }
}
