//! Invocations that are delivered together: those of one configuration and one hour.

use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use crate::{Places, invocation::Invocation, record::hour};

/// Bytes of bodies after which a batch is not waited with.
const BYTES: usize = 1 << 20;

/// Records after which it is not.
const RECORDS: usize = 1000;

/// What becomes one object.
pub(crate) struct Batch {
    pub(crate) places: Arc<Places>,
    pub(crate) hour: String,
    pub(crate) invocations: Vec<Invocation>,
    bytes: usize,
    due: Instant,
}

impl Batch {
    pub(crate) fn len(&self) -> usize {
        self.invocations.len()
    }

    fn is_full(&self) -> bool {
        self.bytes >= BYTES || self.invocations.len() >= RECORDS
    }
}

/// Batches that wait.
pub(super) struct Batches {
    delay: Duration,
    waiting: Vec<Batch>,
}

impl Batches {
    pub(super) fn new(delay: Duration) -> Self {
        let waiting = Vec::new();
        Self { delay, waiting }
    }

    pub(super) fn add(&mut self, invocation: Invocation) {
        let hour = hour(invocation.begun);
        let bytes = invocation.size();
        let fits = |batch: &&mut Batch| {
            Arc::ptr_eq(&batch.places, &invocation.places) && batch.hour == hour && !batch.is_full()
        };
        if let Some(batch) = self.waiting.iter_mut().find(fits) {
            batch.bytes += bytes;
            batch.invocations.push(invocation);
        } else {
            self.waiting.push(Batch {
                places: Arc::clone(&invocation.places),
                hour,
                invocations: vec![invocation],
                bytes,
                due: Instant::now() + self.delay,
            });
        }
    }

    /// When the next batch is to be delivered.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.waiting.iter().map(|batch| batch.due).min()
    }

    /// A batch that is full or has waited long enough.
    pub(super) fn take_due(&mut self) -> Option<Batch> {
        let now = Instant::now();
        let due = |batch: &Batch| batch.is_full() || batch.due <= now;
        let index = self.waiting.iter().position(due)?;
        Some(self.waiting.remove(index))
    }

    pub(super) fn take_all(self) -> Vec<Batch> {
        self.waiting
    }
}
