//! Where no guardrail is enforced, as far as this process knows: most inferences need not ask the store.

use std::{
    num::NonZeroUsize,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use lru::LruCache;
use outcrop_store::Scope;

/// Accounts and regions that are remembered.
const MOST: NonZeroUsize = NonZeroUsize::new(1024).unwrap();

/// How long another server's enforcement may go unnoticed here. One of this server counts at once.
const GOOD_FOR: Duration = Duration::from_secs(1);

/// When it was last seen that nothing was enforced, and how often something had been enforced until then.
pub(super) struct Unenforced(Mutex<LruCache<Scope, (u64, Instant)>>);

impl Default for Unenforced {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(MOST)))
    }
}

impl Unenforced {
    /// Whether nothing is enforced. `count` says how often something has been enforced by now.
    pub(super) fn knows(&self, scope: &Scope, count: u64) -> bool {
        let known = self.lock().get(scope).copied();
        known.is_some_and(|(then, at)| then == count && at.elapsed() < GOOD_FOR)
    }

    /// Remembers that nothing was enforced. `count` is from before that was looked up.
    pub(super) fn learn(&self, scope: &Scope, count: u64) {
        self.lock().put(scope.clone(), (count, Instant::now()));
    }

    fn lock(&self) -> MutexGuard<'_, LruCache<Scope, (u64, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_enforced_since_is_not_missed() {
        let scope = |account: &str| Scope {
            account: account.into(),
            region: "us-east-1".into(),
        };
        let unenforced = Unenforced::default();
        assert!(!unenforced.knows(&scope("1"), 0));
        unenforced.learn(&scope("1"), 0);
        assert!(unenforced.knows(&scope("1"), 0));
        assert!(!unenforced.knows(&scope("2"), 0));
        assert!(!unenforced.knows(&scope("1"), 1));
    }
}
