//! Which prefixes are known, and until when.

use std::{num::NonZeroUsize, time::Duration};

use lru::LruCache;

use super::Ttl;

/// Prefixes that are remembered; the one that was not used for longest is forgotten first. An entry takes some 100
/// bytes.
const CAPACITY: NonZeroUsize = match NonZeroUsize::new(10_000) {
    Some(capacity) => capacity,
    None => NonZeroUsize::MIN,
};

#[derive(Debug, Clone, Copy)]
struct Entry {
    ttl: Ttl,
    until: Duration,
}

#[derive(Debug)]
pub(super) struct Store {
    entries: LruCache<u128, Entry>,
}

impl Default for Store {
    fn default() -> Self {
        // Grows as it fills: most servers never see a cache point.
        let mut entries = LruCache::unbounded();
        entries.resize(CAPACITY);
        Self { entries }
    }
}

impl Store {
    /// Whether the prefix is known. Reading it starts its time to live anew.
    pub(super) fn read(&mut self, hash: u128, now: Duration) -> bool {
        match self.entries.get_mut(&hash) {
            Some(entry) if now < entry.until => {
                entry.until = now + entry.ttl.duration();
                true
            }
            Some(_) => {
                self.entries.pop(&hash);
                false
            }
            None => false,
        }
    }

    /// Remembers the prefix. It never shortens the life of one that is known.
    pub(super) fn write(&mut self, hash: u128, ttl: Ttl, now: Duration) {
        let until = now + ttl.duration();
        match self.entries.get_mut(&hash) {
            Some(entry) if entry.until > until => {}
            Some(entry) => *entry = Entry { ttl, until },
            None => {
                self.entries.put(hash, Entry { ttl, until });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_bounded() {
        let mut store = Store::default();
        for hash in 0..CAPACITY.get() as u128 + 10 {
            store.write(hash, Ttl::FiveMinutes, Duration::ZERO);
        }
        assert_eq!(store.entries.len(), CAPACITY.get());
        assert!(!store.read(0, Duration::ZERO));
        assert!(store.read(CAPACITY.get() as u128, Duration::ZERO));
    }
}
