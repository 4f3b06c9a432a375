//! Asking a server for its models again and again.

use std::{
    sync::{
        Arc, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::time::MissedTickBehavior;

use crate::{error::Fault, http::Http};

/// The longest time for one answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// Bytes of a list of models that are read.
const LONGEST_LIST: usize = 8 << 20;

/// What a server's last answer says.
#[derive(Debug)]
pub(crate) struct Pulse(AtomicBool);

impl Default for Pulse {
    /// A server is up until it is known not to be.
    fn default() -> Self {
        Self(AtomicBool::new(true))
    }
}

impl Pulse {
    pub(crate) fn is_up(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn set(&self, up: bool) -> bool {
        self.0.swap(up, Ordering::AcqRel) != up
    }
}

/// Asks for the server's models in an interval, until nobody has the pulse any more.
pub(crate) async fn poll(
    name: Arc<str>,
    http: Http,
    path: &'static str,
    interval: Duration,
    pulse: Weak<Pulse>,
) {
    let mut turns = tokio::time::interval(interval);
    turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        turns.tick().await;
        if pulse.strong_count() == 0 {
            return;
        }
        let limit = interval.min(PATIENCE);
        let asked = tokio::time::timeout(limit, http.get(path, LONGEST_LIST)).await;
        let fault = asked.unwrap_or(Err(Fault::Slow(limit))).err();
        let up = fault.as_ref().is_none_or(answers);
        let Some(pulse) = pulse.upgrade() else {
            return;
        };
        match (pulse.set(up), fault) {
            (true, Some(fault)) => tracing::warn!(backend = %name, ?fault, "the backend is down"),
            (true, None) => tracing::info!(backend = %name, "the backend is up again"),
            (false, _) => {}
        }
    }
}

/// Whether a server that says this can answer other requests. Not every server has a list of
/// models, or gives it to everyone.
fn answers(fault: &Fault) -> bool {
    matches!(fault, Fault::Status { status, .. } if *status < 500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_without_a_list_is_up() {
        let status = |status| Fault::Status {
            status,
            reason: String::new(),
            retry_after: None,
        };
        assert!(answers(&status(404)) && answers(&status(401)));
        assert!(!answers(&status(503)));
        assert!(!answers(&Fault::Unreachable(String::new())));
    }
}
