//! The series of one set of metrics, found by their labels at once.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, PoisonError, RwLock},
};

/// Sets of labels that are kept apart. What comes beyond is counted under labels that say `other`.
const MOST: usize = 2_000;

/// Labels that have a stand-in for when there are too many.
pub(super) trait Labels: Hash + Eq + Clone {
    fn other() -> Self;
}

/// The metrics of every set of labels. A request looks its own up once.
#[derive(Debug)]
pub(super) struct Series<K, V> {
    known: RwLock<HashMap<K, Arc<(K, V)>>>,
}

impl<K: Labels, V> Series<K, V> {
    pub(super) fn new() -> Self {
        Self {
            known: RwLock::default(),
        }
    }

    /// The metrics of a set of labels, made when it is first seen, and the labels that they have.
    pub(super) fn get(&self, labels: K, make: impl FnOnce(&K) -> V) -> Arc<(K, V)> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = known.get(&labels) {
            return Arc::clone(found);
        }
        drop(known);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        let labels = if known.len() < MOST || known.contains_key(&labels) {
            labels
        } else {
            K::other()
        };
        let found = known
            .entry(labels)
            .or_insert_with_key(|labels| Arc::new((labels.clone(), make(labels))));
        Arc::clone(found)
    }
}

#[cfg(test)]
mod tests {
    use super::{Labels, MOST, Series};

    impl Labels for usize {
        fn other() -> Self {
            usize::MAX
        }
    }

    #[test]
    fn series_are_made_once_and_their_number_is_bounded() {
        let series = Series::<usize, usize>::new();
        for labels in 0..MOST {
            assert_eq!(series.get(labels, |made| *made).1, labels);
        }
        for labels in MOST..MOST + 100 {
            assert_eq!(series.get(labels, |made| *made).1, usize::MAX);
        }
        assert_eq!(series.get(3, |_| 0).1, 3);
        assert_eq!(series.known.read().unwrap().len(), MOST + 1);
    }
}
