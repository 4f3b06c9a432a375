//! What is exchanged while requests run.

use std::{fmt, sync::Arc};

use arc_swap::ArcSwap;

/// A value that may be exchanged for another. Clones share it; whoever has got it keeps what it was.
///
/// ```
/// use std::sync::Arc;
/// use outcrop_wire::Current;
/// let word = Current::from(Arc::new("granite"));
/// let before = word.get();
/// word.clone().set(Arc::new("basalt"));
/// assert_eq!((*before, *word.get()), ("granite", "basalt"));
/// ```
pub struct Current<T>(Arc<ArcSwap<T>>);

impl<T> Current<T> {
    /// What it is now.
    #[must_use]
    pub fn get(&self) -> Arc<T> {
        self.0.load_full()
    }

    /// Puts another in its place.
    pub fn set(&self, value: Arc<T>) {
        self.0.store(value);
    }
}

impl<T> From<Arc<T>> for Current<T> {
    fn from(value: Arc<T>) -> Self {
        Self(Arc::new(ArcSwap::new(value)))
    }
}

impl<T> Clone for Current<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Current<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Current").finish_non_exhaustive()
    }
}
