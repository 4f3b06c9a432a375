//! The configurations that were read lately: most invocations need not ask the store.

use std::{
    num::NonZeroUsize,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use lru::LruCache;
use outcrop_store::Scope;

use crate::Places;

/// Accounts and regions that are remembered.
const MOST: NonZeroUsize = NonZeroUsize::new(1024).unwrap();

/// How long another server's change may go unnoticed here. One of this server counts at once.
const GOOD_FOR: Duration = Duration::from_secs(1);

/// Nothing where nothing is logged.
type Found = Option<Arc<Places>>;

/// What was read, and when.
#[derive(Debug)]
pub(crate) struct Configurations {
    known: Mutex<LruCache<Scope, (u64, Instant, Found)>>,
    /// Changes by this server so far.
    changes: AtomicU64,
}

impl Default for Configurations {
    fn default() -> Self {
        Self {
            known: Mutex::new(LruCache::new(MOST)),
            changes: AtomicU64::new(0),
        }
    }
}

impl Configurations {
    /// The number of changes. What is read of the store later has seen them.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Tells that a configuration was changed.
    pub(crate) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::AcqRel);
    }

    /// The configuration, if it was read lately.
    pub(crate) fn lately(&self, scope: &Scope) -> Option<Found> {
        let changes = self.changes();
        let mut known = self.lock();
        let (then, at, found) = known.get(scope)?;
        (*then == changes && at.elapsed() < GOOD_FOR).then(|| found.clone())
    }

    /// Remembers what was read. `changes` is from before.
    pub(crate) fn learn(&self, scope: &Scope, changes: u64, found: Found) {
        self.lock()
            .put(scope.clone(), (changes, Instant::now(), found));
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<Scope, (u64, Instant, Found)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::tests::scope;

    #[test]
    fn a_change_is_not_missed() {
        let configurations = Configurations::default();
        assert!(configurations.lately(&scope()).is_none());
        let before = configurations.changes();
        configurations.learn(&scope(), before, None);
        assert!(
            configurations
                .lately(&scope())
                .is_some_and(|found| found.is_none())
        );
        configurations.changed();
        assert!(configurations.lately(&scope()).is_none());
        // What was read before the change does not count either.
        configurations.learn(&scope(), before, None);
        assert!(configurations.lately(&scope()).is_none());
    }
}
