//! A common budget for the bytes of all request bodies.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::error::WireError;

/// Memory is counted in pages of this many bytes.
const PAGE: usize = 1 << 12;

/// Memory for request bodies. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Budget {
    pages: Arc<Semaphore>,
    wait: Duration,
}

/// A part of the budget, given back when it is dropped.
#[derive(Debug)]
pub(super) struct Reservation {
    permit: OwnedSemaphorePermit,
    pages: usize,
}

impl Budget {
    pub(super) fn new(bytes: usize, wait: Duration) -> Self {
        let pages = (bytes / PAGE).clamp(1, Semaphore::MAX_PERMITS);
        let pages = Arc::new(Semaphore::new(pages));
        Self { pages, wait }
    }

    /// Waits for room for `bytes`, but not forever.
    pub(super) async fn reserve(&self, bytes: usize) -> Result<Reservation, WireError> {
        let pages = pages(bytes);
        let acquired = Arc::clone(&self.pages).acquire_many_owned(count(pages));
        match tokio::time::timeout(self.wait, acquired).await {
            Ok(Ok(permit)) => Ok(Reservation { permit, pages }),
            _ => Err(full()),
        }
    }

    /// Makes room for a body that turns out to have `bytes`. It does not wait: a body that holds memory while it waits
    /// for more could wait for another one that does the same.
    pub(super) fn grow(
        &self,
        reservation: &mut Reservation,
        bytes: usize,
    ) -> Result<(), WireError> {
        let missing = pages(bytes).saturating_sub(reservation.pages);
        if missing > 0 {
            let more = Arc::clone(&self.pages).try_acquire_many_owned(count(missing));
            reservation.permit.merge(more.map_err(|_| full())?);
            reservation.pages += missing;
        }
        Ok(())
    }
}

fn pages(bytes: usize) -> usize {
    bytes.div_ceil(PAGE).max(1)
}

fn count(pages: usize) -> u32 {
    u32::try_from(pages).unwrap_or(u32::MAX)
}

fn full() -> WireError {
    let message =
        "The server is receiving too many large requests at once. Try your request again.";
    WireError::unavailable(message.to_owned()).retry_after(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn reservations_wait_and_then_fail() {
        let budget = Budget::new(10 * PAGE, Duration::from_secs(1));
        let first = budget.reserve(8 * PAGE).await.expect("has room");
        let refused = budget.reserve(3 * PAGE).await.expect_err("has no room");
        assert_eq!(refused.status(), 503);
        drop(first);
        budget.reserve(10 * PAGE).await.expect("has room again");
    }

    #[tokio::test]
    async fn growing_does_not_wait() {
        let budget = Budget::new(4 * PAGE, Duration::from_secs(1));
        let mut reservation = budget.reserve(1).await.expect("has room");
        budget.grow(&mut reservation, 4 * PAGE).expect("has room");
        assert!(budget.grow(&mut reservation, 4 * PAGE + 1).is_err());
        drop(reservation);
        budget.reserve(4 * PAGE).await.expect("all came back");
    }
}
