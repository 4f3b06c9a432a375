//! An entry of a queue, and the right to work at its job.

use std::{sync::Arc, time::Duration};

use outcrop_control::Clock;
use outcrop_store::{Commit, Key, Record, Scope, Store, StoreError, Write};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::halt::Halt;

/// Tries of a job without any progress. A job that brings its worker down each time ends some time.
const TRIES: u32 = 10;

/// What stands in an entry.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Entry {
    /// Who works at it.
    owner: Option<String>,
    /// Until when nobody else may. Nanoseconds since 1970, UTC.
    until: i64,
    /// How often it was taken since it last made progress.
    tries: u32,
    /// What the worker wants to know the next time.
    own: Value,
}

/// What all leases of a worker share.
pub(crate) struct Worker {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<dyn Clock>,
    /// A name that no other worker has.
    pub(crate) name: String,
    /// How long a lease lasts.
    pub(crate) length: Duration,
}

/// What becomes of a lease with a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// It is renewed.
    Keep,
    /// It is given up; the job may be taken after this time.
    Release(Duration),
    /// The job has no work left.
    Done,
}

/// Why a commit did not happen.
#[derive(Debug)]
pub(crate) enum NotTold {
    /// What was to be written with the lease was changed meanwhile: read it again.
    Changed,
    /// The end of the work for now.
    Halt(Halt),
}

/// The right to work at a job.
pub(crate) struct Lease {
    worker: Arc<Worker>,
    record: Record,
    entry: Entry,
}

impl Lease {
    /// Takes an entry, unless somebody has it.
    pub(crate) async fn take(
        worker: &Arc<Worker>,
        record: Record,
    ) -> Result<Option<Self>, StoreError> {
        let mut entry: Entry = serde_json::from_str(&record.body).unwrap_or_default();
        if entry.until > worker.clock.now() {
            return Ok(None);
        }
        entry.tries = entry.tries.saturating_add(1);
        let worker = Arc::clone(worker);
        let mut lease = Self {
            worker,
            record,
            entry,
        };
        match lease.commit(Next::Keep, Vec::new()).await {
            Ok(()) => Ok(Some(lease)),
            Err(NotTold::Halt(Halt::Later(why))) => Err(StoreError::Unavailable(why)),
            Err(_) => Ok(None),
        }
    }

    /// Whose the job is, and where.
    pub(crate) fn scope(&self) -> &Scope {
        &self.record.key.scope
    }

    /// The id of the job.
    pub(crate) fn id(&self) -> &str {
        &self.record.key.id
    }

    /// Whether the job has been taken too often without any progress.
    pub(crate) fn is_last_try(&self) -> bool {
        self.entry.tries >= TRIES
    }

    /// How often the job was taken since it last made progress.
    pub(crate) fn tries(&self) -> u32 {
        self.entry.tries
    }

    /// What was kept the last time.
    pub(crate) fn own<T: DeserializeOwned + Default>(&self) -> T {
        serde_json::from_value(self.entry.own.clone()).unwrap_or_default()
    }

    /// Keeps something for the next time, with the next commit. This is progress.
    pub(crate) fn keep<T: Serialize>(&mut self, own: &T) {
        self.entry.own = serde_json::to_value(own).unwrap_or_default();
        self.entry.tries = 0;
    }

    /// Writes the entry, and what comes with it, or nothing.
    pub(crate) async fn commit(&mut self, next: Next, with: Vec<Write>) -> Result<(), NotTold> {
        let (own_write, record) = self.write(next);
        let mut writes = with;
        writes.push(own_write);
        let commit = Commit {
            writes,
            token: None,
        };
        match self.worker.store.commit(commit).await {
            Ok(_) => {
                self.record = record;
                Ok(())
            }
            Err(StoreError::Changed(key) | StoreError::NotFound(key)) if key != self.record.key => {
                Err(NotTold::Changed)
            }
            Err(StoreError::Changed(_) | StoreError::NotFound(_)) => Err(NotTold::Halt(Halt::Lost)),
            Err(error) => Err(NotTold::Halt(error.into())),
        }
    }

    fn write(&self, next: Next) -> (Write, Record) {
        let mut record = self.record.clone();
        if next == Next::Done {
            let key: Key = record.key.clone();
            let revision = Some(record.revision);
            return (Write::Delete { key, revision }, record);
        }
        let now = self.worker.clock.now();
        let (owner, length) = match next {
            Next::Release(pause) => (None, pause),
            _ => (Some(self.worker.name.clone()), self.worker.length),
        };
        let length = i64::try_from(length.as_nanos()).unwrap_or(i64::MAX);
        let until = now.saturating_add(length);
        let entry = Entry {
            owner,
            until,
            ..self.entry.clone()
        };
        record.body = serde_json::to_string(&entry).unwrap_or_default();
        record.updated_at = now;
        record.revision += 1;
        (Write::Replace(record.clone()), record)
    }
}
