//! How many requests a server gets at once, and how many wait.

use std::{
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A limit with a bounded queue, served in the order of arrival.
#[derive(Debug)]
pub(crate) struct Gate {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
}

/// A request's turn; dropping it lets the next one in.
pub(crate) type Permit = OwnedSemaphorePermit;

/// The queue is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

/// Leaves the queue when dropped, be it because its turn came or because its client went away.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Gate {
    pub(crate) fn new(concurrency: NonZeroUsize, queue: usize) -> Self {
        let turns = concurrency.get().min(Semaphore::MAX_PERMITS);
        Self {
            turns: Arc::new(Semaphore::new(turns)),
            waiting: AtomicUsize::new(0),
            queue,
        }
    }

    /// Waits for a turn.
    pub(crate) async fn enter(&self) -> Result<Permit, Full> {
        if let Ok(permit) = Arc::clone(&self.turns).try_acquire_owned() {
            return Ok(permit);
        }
        let before = self.waiting.fetch_add(1, Ordering::AcqRel);
        let _waiting = Waiting(&self.waiting);
        if before >= self.queue {
            return Err(Full);
        }
        // The semaphore is never closed.
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        turn.map_err(|_| Full)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    #[test]
    fn a_full_queue_refuses_and_a_dropped_turn_lets_the_next_in() {
        let gate = Gate::new(NonZeroUsize::MIN, 1);
        let first = gate.enter().now_or_never().unwrap().unwrap();
        let mut second = Box::pin(gate.enter());
        assert!((&mut second).now_or_never().is_none());
        assert_eq!(gate.enter().now_or_never().unwrap().unwrap_err(), Full);
        drop(first);
        assert!(second.now_or_never().unwrap().is_ok());
    }

    #[test]
    fn who_gives_up_leaves_the_queue() {
        let gate = Gate::new(NonZeroUsize::MIN, 1);
        let _first = gate.enter().now_or_never().unwrap().unwrap();
        for _ in 0..3 {
            assert!(gate.enter().now_or_never().is_none());
        }
    }
}
