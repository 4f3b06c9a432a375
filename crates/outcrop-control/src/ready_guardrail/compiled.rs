//! Compiled guardrails, the most recently used of them.

use std::{
    num::NonZeroUsize,
    sync::{Arc, Mutex, PoisonError},
};

use lru::LruCache;
use outcrop_engine::EngineError;
use outcrop_runtime::Ready;

use crate::StoredGuardrail;

/// As many as are kept. A large one takes some megabytes.
const MOST: NonZeroUsize = NonZeroUsize::new(64).unwrap();

/// A configuration: ARN, version, when it last changed, and a digest of what changes without it.
type Key = (String, String, i128, u64);

/// Compiled guardrails under the configurations that they come from.
pub(super) struct Compiled(Mutex<LruCache<Key, Arc<Ready>>>);

impl Default for Compiled {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(MOST)))
    }
}

impl Compiled {
    /// The one of a configuration. Two requests that need it at once may both compile it: nobody waits for a lock.
    pub(super) fn get_or_compile(
        &self,
        stored: &StoredGuardrail,
        digest: u64,
        compile: impl FnOnce() -> Result<Ready, EngineError>,
    ) -> Result<Arc<Ready>, EngineError> {
        let changed = stored.updated_at.as_nanos();
        let key = (stored.arn.clone(), stored.version.clone(), changed, digest);
        if let Some(ready) = self.lock().get(&key) {
            return Ok(Arc::clone(ready));
        }
        let ready = Arc::new(compile()?);
        self.lock().put(key, Arc::clone(&ready));
        Ok(ready)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, LruCache<Key, Arc<Ready>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
