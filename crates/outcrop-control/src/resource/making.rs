//! Jobs that make a resource when they complete.
//!
//! What such a job makes is there from the moment it is over by the clock, although no timer wakes up then: a marker is
//! made along with the job, and every request that could see the job or what it makes first [settles](Control::settle)
//! the jobs whose time is up. One commit deletes the marker, keeps in the job how it ended, and makes the resource; it happens
//! once, whoever tries, and however the process ends. A job is never seen at an end that is not settled.
//!
//! To use it: implement [`Making`], add [`open`] to [`New::with`](super::New) of the job, [`reserve`](super::reserve) too if
//! what it makes has a name of its own, and call `settle` first in each handler of the job and of what it makes.

use outcrop_store::{After, Commit, Key, ListQuery, Record, Scope, StoreError, Write};
use serde::{Deserialize, Serialize};

use super::{Held, JobPhase, Outcome, Resource, blank};
use crate::{Control, clock::nanos, error::ControlError};

/// Markers that are read at once.
const STEP: usize = 100;

/// Steps that one request goes at most. Jobs after these run until the next request.
const STEPS: usize = 10;

/// A kind of job that makes a resource.
pub(crate) trait Making: Resource {
    /// The kind of its markers in the store, for instance `open-model-import-job`.
    const OPEN: &'static str;

    /// The course in its state.
    fn course(state: &mut Self::State) -> &mut Course;

    /// What becomes of it when nobody stops it.
    fn outcome(held: &Held<Self>) -> Result<Outcome, ControlError> {
        Ok(held.outcome())
    }

    /// What else happens when it ends: the resource is made if it completed, and a name given back if not.
    fn ended(held: &Held<Self>, end: &JobPhase) -> Result<Vec<Write>, ControlError>;
}

/// How far such a job has come.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Course {
    /// When a request asked for it to be stopped. Nanoseconds since 1970, UTC.
    stop_requested_at: Option<i64>,
    /// How it ended, once it is settled.
    end: Option<JobPhase>,
}

impl Course {
    /// The phase of the job, where it was settled first.
    pub(crate) fn phase(&self) -> JobPhase {
        match (&self.end, self.stop_requested_at) {
            (Some(end), _) => end.clone(),
            (None, Some(_)) => JobPhase::Stopping,
            (None, None) => JobPhase::InProgress,
        }
    }

    /// Asks for it to be stopped. Says whether it runs: only then it can be.
    #[must_use]
    pub(crate) fn stop(&mut self, now: i64) -> bool {
        let runs = self.phase() == JobPhase::InProgress;
        if runs {
            self.stop_requested_at = Some(now);
        }
        runs
    }

    /// When a request asked for it to be stopped, if one did. Nanoseconds since 1970, UTC.
    pub(crate) fn stop_requested_at(&self) -> Option<i64> {
        self.stop_requested_at
    }

    /// How a job ends that began at `since`, if its time is up.
    fn over(&self, since: i64, now: i64, pace: i64, outcome: Outcome) -> Option<JobPhase> {
        let end = self.stop_requested_at.unwrap_or(since).saturating_add(pace);
        (now >= end).then_some(match (self.stop_requested_at, outcome) {
            (Some(_), _) => JobPhase::Stopped(end),
            (None, Outcome::Success) => JobPhase::Completed(end),
            (None, Outcome::Failure(reason)) => JobPhase::Failed(end, reason),
        })
    }
}

/// The marker of a new job.
pub(crate) fn open<J: Making>(scope: &Scope, id: &str, at: i64) -> Write {
    let key = Key {
        scope: scope.clone(),
        kind: J::OPEN,
        id: id.to_owned(),
    };
    Write::Create(blank(key, at))
}

impl Control {
    /// Ends the jobs of a kind whose time is up. What others settle or change meanwhile is left to them.
    pub(crate) async fn settle<J: Making>(&self, scope: &Scope) -> Result<(), ControlError> {
        let mut after = None;
        for _ in 0..STEPS {
            let query = ListQuery {
                scope: Some(scope.clone()),
                created_before: Some(self.now().saturating_sub(nanos(self.pace)) + 1),
                after,
                ..ListQuery::oldest(J::OPEN, STEP)
            };
            let markers = self.store.list(query).await?;
            for marker in &markers {
                self.settle_one::<J>(&marker.key).await?;
            }
            match markers.last() {
                Some(last) if markers.len() == STEP => after = Some(After::of(last)),
                _ => break,
            }
        }
        Ok(())
    }

    /// A job that cannot be settled is left as it is, so that it keeps nobody from the others.
    async fn settle_one<J: Making>(&self, marker: &Key) -> Result<(), ControlError> {
        let key = Key {
            kind: J::KIND,
            ..marker.clone()
        };
        let mut writes = vec![Write::Delete {
            key: marker.clone(),
            revision: None,
        }];
        if let Some(record) = self.store.get(key).await? {
            match self.ending::<J>(record) {
                Ok(Some(ending)) => writes.extend(ending),
                Ok(None) | Err(_) => return Ok(()),
            }
        }
        let commit = Commit {
            writes,
            token: None,
        };
        match self.store.commit(commit).await {
            Err(error @ StoreError::Unavailable(_)) => Err(error.into()),
            Ok(_) | Err(StoreError::NotFound(_) | StoreError::Changed(_)) => Ok(()),
            Err(error) => {
                tracing::error!(%error, kind = J::KIND, id = marker.id, "a job cannot be ended");
                Ok(())
            }
        }
    }

    /// What happens when a job ends, if its time is up.
    fn ending<J: Making>(&self, record: Record) -> Result<Option<Vec<Write>>, ControlError> {
        let mut held = Held::<J>::read(record)?;
        let since = held.created_nanos();
        let outcome = J::outcome(&held)?;
        let course = J::course(&mut held.state);
        let Some(end) = course.over(since, self.now(), nanos(self.pace), outcome) else {
            return Ok(None);
        };
        course.end = Some(end.clone());
        let mut writes = J::ended(&held, &end)?;
        writes.push(held.replaced(end.ended_at().unwrap_or(since))?);
        Ok(Some(writes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courses_end_when_their_time_is_up() {
        let running = Course::default();
        assert_eq!(running.over(1000, 1099, 100, Outcome::Success), None);
        assert_eq!(
            running.over(1000, 1100, 100, Outcome::Success),
            Some(JobPhase::Completed(1100))
        );
        let failure = Outcome::Failure("why".to_owned());
        assert_eq!(
            running.over(1000, 1200, 100, failure),
            Some(JobPhase::Failed(1100, "why".to_owned()))
        );
    }

    #[test]
    fn what_was_asked_to_stop_never_completes() {
        let mut course = Course::default();
        assert!(course.stop(1050));
        assert_eq!(course.phase(), JobPhase::Stopping);
        assert!(!course.stop(1060));
        assert_eq!(course.over(1000, 1149, 100, Outcome::Success), None);
        let end = course.over(1000, 1150, 100, Outcome::Success);
        assert_eq!(end, Some(JobPhase::Stopped(1150)));
        course.end = end;
        assert_eq!(course.phase(), JobPhase::Stopped(1150));
        assert!(!course.stop(1200));
    }
}
