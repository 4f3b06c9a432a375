//! What the last answers say of a server's model.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Failures in a row that open a circuit.
const FAILURES: u32 = 3;

/// Time for which a circuit is open first; it doubles with each probe that fails.
const FIRST_PAUSE: Duration = Duration::from_secs(2);

/// The longest time for which a circuit is open.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// Opens after failures in a row. Once its pause is over, one request is let through: its success
/// closes the circuit, its failure opens it for longer.
#[derive(Debug, Default)]
pub(crate) struct Circuit(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    failures: u32,
    open: Option<Open>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    until: Instant,
    pause: Duration,
    probing: bool,
}

/// A request that a circuit let through. Dropping it unsettled says nothing of the server.
#[derive(Debug)]
pub(crate) struct Trial<'a>(&'a Circuit);

impl Circuit {
    /// Lets a request through, unless the circuit is open.
    pub(crate) fn admit(&self, now: Instant) -> Option<Trial<'_>> {
        let mut state = self.state();
        if let Some(open) = &mut state.open {
            if open.probing || now < open.until {
                return None;
            }
            open.probing = true;
        }
        Some(Trial(self))
    }

    /// Lets a request through although the circuit may be open.
    pub(crate) fn insist(&self) -> Trial<'_> {
        Trial(self)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Each change is complete in itself, so nothing is half done after a panic.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Trial<'_> {
    /// The server answered. Says whether that closed the circuit.
    pub(crate) fn succeeded(self) -> bool {
        let was = std::mem::take(&mut *self.0.state());
        was.open.is_some()
    }

    /// The server failed. Gives the time for which the circuit is open now, if it is.
    pub(crate) fn failed(self, now: Instant) -> Option<Duration> {
        let mut state = self.0.state();
        state.failures = state.failures.saturating_add(1);
        if state.failures < FAILURES {
            return None;
        }
        let pause = state
            .open
            .map_or(FIRST_PAUSE, |open| (open.pause * 2).min(LONGEST_PAUSE));
        state.open = Some(Open {
            until: now + pause,
            pause,
            probing: false,
        });
        Some(pause)
    }
}

impl Drop for Trial<'_> {
    fn drop(&mut self) {
        if let Some(open) = &mut self.0.state().open {
            open.probing = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_open_and_one_probe_closes() {
        let (circuit, now) = (Circuit::default(), Instant::now());
        for pause in [None, None, Some(FIRST_PAUSE)] {
            assert_eq!(circuit.admit(now).unwrap().failed(now), pause);
        }
        assert!(circuit.admit(now).is_none());
        let later = now + FIRST_PAUSE;
        let probe = circuit.admit(later).unwrap();
        assert!(circuit.admit(later).is_none());
        assert_eq!(probe.failed(later), Some(FIRST_PAUSE * 2));
        assert!(circuit.admit(later + FIRST_PAUSE).is_none());
        let later = later + FIRST_PAUSE * 2;
        assert!(circuit.admit(later).unwrap().succeeded());
        assert!(!circuit.admit(later).unwrap().succeeded());
    }

    #[test]
    fn a_success_between_failures_counts() {
        let (circuit, now) = (Circuit::default(), Instant::now());
        for _ in 0..5 {
            assert_eq!(circuit.admit(now).unwrap().failed(now), None);
            assert_eq!(circuit.admit(now).unwrap().failed(now), None);
            circuit.admit(now).unwrap().succeeded();
        }
    }

    #[test]
    fn a_probe_that_is_given_up_lets_another_one_through() {
        let (circuit, now) = (Circuit::default(), Instant::now());
        for _ in 0..FAILURES {
            circuit.insist().failed(now);
        }
        let later = now + FIRST_PAUSE;
        drop(circuit.admit(later).unwrap());
        assert!(circuit.admit(later).is_some());
    }

    #[test]
    fn pauses_are_bounded() {
        let (circuit, now) = (Circuit::default(), Instant::now());
        let pauses = (0..20).filter_map(|_| circuit.insist().failed(now));
        assert_eq!(pauses.last(), Some(LONGEST_PAUSE));
    }
}
