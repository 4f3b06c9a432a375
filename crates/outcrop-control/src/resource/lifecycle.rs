//! States that follow from the clock.

use std::time::Duration;

use crate::clock::nanos;

/// What becomes of a resource at the end of its first states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// What was asked for.
    Success,
    /// A failure, with the service's words for it.
    Failure(String),
}

impl Outcome {
    /// The words for a failure.
    pub(crate) fn failure(self) -> Option<String> {
        match self {
            Self::Success => None,
            Self::Failure(reason) => Some(reason),
        }
    }
}

/// The state that a resource has come to which passes through `states` from `since` on, staying in each for `pace` and in
/// the last one for ever.
pub(crate) fn reached<T: Clone>(states: &[T], last: T, since: i64, now: i64, pace: Duration) -> T {
    states.get(steps(since, now, pace)).cloned().unwrap_or(last)
}

/// How many states were passed.
pub(super) fn steps(since: i64, now: i64, pace: Duration) -> usize {
    let pace = nanos(pace);
    if pace == 0 {
        return usize::MAX;
    }
    usize::try_from(now.saturating_sub(since) / pace).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_passed_by_the_clock() {
        let at = |now, pace| reached(&["a", "b"], "c", 1000, now, Duration::from_nanos(pace));
        assert_eq!(at(1000, 10), "a");
        assert_eq!(at(1009, 10), "a");
        assert_eq!(at(1010, 10), "b");
        assert_eq!(at(1020, 10), "c");
        assert_eq!(at(9999, 10), "c");
        assert_eq!(at(1000, 0), "c");
        // A clock that was set back.
        assert_eq!(at(500, 10), "a");
    }
}
