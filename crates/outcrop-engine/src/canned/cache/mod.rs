//! Prompt caching: what of a request was seen before, as the usage reports it.
//!
//! Nothing is saved by it here; it is bookkeeping, so that a client can test how it places its cache points.
//! A prefix is written when a request has a cache point at its end, and read when a later request of the same
//! account, region and model begins with it. As Claude does, a point also finds a prefix that was written up to
//! twenty blocks before it, so moving the point along as a conversation grows still reads what came before.

mod clock;
mod prefix;
mod store;

pub use clock::{Clock, SystemClock};
use prefix::Block;
pub use prefix::{Prefix, Ttl};
use store::Store;

use std::sync::{Mutex, PoisonError};

/// Cache points that a request may have.
pub const MAX_POINTS: usize = 4;
/// Blocks before a point in which a written prefix is looked for.
const LOOK_BACK: usize = 20;

/// What a request's cache points came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CacheUsage {
    /// Tokens of the prefix that was found.
    pub read: u64,
    /// Tokens written for five minutes.
    pub written_5m: u64,
    /// Tokens written for an hour.
    pub written_1h: u64,
}

impl CacheUsage {
    /// Tokens written.
    #[must_use]
    pub fn written(self) -> u64 {
        self.written_5m + self.written_1h
    }
}

/// Why cache points cannot be taken. Models answer it, so it reaches clients as a model's error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CacheError {
    /// There are too many.
    #[error("A maximum of {MAX_POINTS} blocks with cache_control may be provided. Found {0}.")]
    TooMany(usize),
    /// One that lives longer comes after one that lives shorter.
    #[error(
        "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are \
         processed in the following order: `tools`, `system`, `messages`."
    )]
    Order,
}

/// The prefixes that requests have written.
#[derive(Debug)]
pub struct PromptCache {
    store: Mutex<Store>,
    clock: Box<dyn Clock>,
}

impl Default for PromptCache {
    fn default() -> Self {
        Self::new(SystemClock::default())
    }
}

impl PromptCache {
    /// An empty cache that tells the time by `clock`.
    #[must_use]
    pub fn new(clock: impl Clock) -> Self {
        Self {
            store: Mutex::new(Store::default()),
            clock: Box::new(clock),
        }
    }

    /// Reads and writes what the points of `prefix` ask for. Points with fewer than `minimum` tokens before them
    /// are passed over, as the service does.
    pub fn account(&self, prefix: &Prefix, minimum: u64) -> Result<CacheUsage, CacheError> {
        let blocks = prefix.blocks();
        check(blocks)?;
        let now = self.clock.now();
        // The store is whole after every call on it, so a panic elsewhere has not broken it.
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let points: Vec<usize> = (0..blocks.len())
            .filter(|place| blocks[*place].point.is_some() && blocks[*place].total >= minimum)
            .collect();
        let found = points.iter().rev().find_map(|point| {
            let earliest = point.saturating_sub(LOOK_BACK);
            (earliest..=*point)
                .rev()
                .find(|place| store.read(blocks[*place].hash, now))
        });
        let mut usage = CacheUsage {
            read: found.map_or(0, |place| blocks[place].total),
            ..CacheUsage::default()
        };
        let mut covered = usage.read;
        for block in points.into_iter().map(|point| &blocks[point]) {
            let ttl = block.point.unwrap_or_default();
            let fresh = block.total.saturating_sub(covered);
            match ttl {
                Ttl::FiveMinutes => usage.written_5m += fresh,
                Ttl::OneHour => usage.written_1h += fresh,
            }
            covered = covered.max(block.total);
            store.write(block.hash, ttl, now);
        }
        Ok(usage)
    }
}

fn check(blocks: &[Block]) -> Result<(), CacheError> {
    let points: Vec<Ttl> = blocks.iter().filter_map(|block| block.point).collect();
    if points.len() > MAX_POINTS {
        return Err(CacheError::TooMany(points.len()));
    }
    if points
        .windows(2)
        .any(|pair| pair == [Ttl::FiveMinutes, Ttl::OneHour])
    {
        return Err(CacheError::Order);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
