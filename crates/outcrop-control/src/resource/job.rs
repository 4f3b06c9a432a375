//! Jobs: resources that run, and that can be stopped.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::clock::nanos;

/// What is kept of a job's course.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Job {
    /// When a request asked for it to be stopped. Nanoseconds since 1970, UTC.
    pub(crate) stop_requested_at: Option<i64>,
}

/// How far a job has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum JobPhase {
    /// It runs.
    InProgress,
    /// It was asked to stop.
    Stopping,
    /// It has stopped, at this time.
    Stopped(i64),
    /// It has done its work, at this time.
    Completed(i64),
    /// It has failed, at this time, for this reason.
    Failed(i64, String),
}

impl Job {
    /// The phase at `now` of a job that began at `since` and runs for `length`.
    pub(crate) fn phase(
        self,
        since: i64,
        now: i64,
        length: Duration,
        outcome: Outcome,
    ) -> JobPhase {
        let end = since.saturating_add(nanos(length));
        match self.stop_requested_at {
            Some(asked) if asked < end || asked == since => {
                let stopped = asked.saturating_add(nanos(length));
                if now < stopped {
                    JobPhase::Stopping
                } else {
                    JobPhase::Stopped(stopped)
                }
            }
            _ if now < end => JobPhase::InProgress,
            _ => match outcome {
                Outcome::Success => JobPhase::Completed(end),
                Outcome::Failure(reason) => JobPhase::Failed(end, reason),
            },
        }
    }
}

impl JobPhase {
    /// When it ended, if it has. Nanoseconds since 1970, UTC.
    pub(crate) fn ended_at(&self) -> Option<i64> {
        match self {
            Self::InProgress | Self::Stopping => None,
            Self::Stopped(at) | Self::Completed(at) | Self::Failed(at, _) => Some(*at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phase(job: Job, now: i64, outcome: Outcome) -> JobPhase {
        job.phase(1000, now, Duration::from_nanos(100), outcome)
    }

    #[test]
    fn jobs_run_and_end() {
        let job = Job::default();
        assert_eq!(phase(job, 1099, Outcome::Success), JobPhase::InProgress);
        assert_eq!(
            phase(job, 1100, Outcome::Success),
            JobPhase::Completed(1100)
        );
        let failure = Outcome::Failure("why".to_owned());
        assert_eq!(
            phase(job, 1100, failure),
            JobPhase::Failed(1100, "why".to_owned())
        );
    }

    #[test]
    fn jobs_stop_before_their_end_only() {
        let stopped = Job {
            stop_requested_at: Some(1050),
        };
        assert_eq!(phase(stopped, 1149, Outcome::Success), JobPhase::Stopping);
        assert_eq!(
            phase(stopped, 1150, Outcome::Success),
            JobPhase::Stopped(1150)
        );
        let late = Job {
            stop_requested_at: Some(1100),
        };
        assert_eq!(
            phase(late, 1200, Outcome::Success),
            JobPhase::Completed(1100)
        );
    }
}
