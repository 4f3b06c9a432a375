//! What waits for its delivery: bounded, and never waited for.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use outcrop_telemetry::Metrics;
use tokio::sync::mpsc;

use crate::invocation::Invocation;

/// Invocations that may wait, whatever their size.
const MOST: usize = 16 * 1024;

/// What an invocation takes besides its bodies, in bytes.
const OVERHEAD: usize = 1024;

/// The end that invocations are put in at.
#[derive(Debug, Clone)]
pub(crate) struct Queue {
    sender: mpsc::Sender<Invocation>,
    room: Arc<Room>,
    losses: Losses,
}

/// Bytes that may wait or be under way, and those that do.
#[derive(Debug)]
struct Room {
    limit: usize,
    taken: AtomicUsize,
}

/// Room in the queue, given back when this is dropped.
#[derive(Debug)]
pub(crate) struct Reservation {
    room: Arc<Room>,
    bytes: usize,
}

impl Drop for Reservation {
    fn drop(&mut self) {
        self.room.taken.fetch_sub(self.bytes, Ordering::AcqRel);
    }
}

impl Queue {
    /// A queue for `limit` bytes.
    pub(crate) fn new(limit: usize, losses: Losses) -> (Self, mpsc::Receiver<Invocation>) {
        let (sender, receiver) = mpsc::channel(MOST);
        let room = Arc::new(Room {
            limit,
            taken: AtomicUsize::new(0),
        });
        let queue = Self {
            sender,
            room,
            losses,
        };
        (queue, receiver)
    }

    /// Bytes that wait or are under way.
    #[cfg(test)]
    pub(crate) fn taken(&self) -> usize {
        self.room.taken.load(Ordering::Acquire)
    }

    /// Puts an invocation in, or counts it as lost where there is no room. Waits for nothing.
    pub(crate) fn offer(&self, mut invocation: Invocation) {
        let bytes = invocation.size() + OVERHEAD;
        let before = self.room.taken.fetch_add(bytes, Ordering::AcqRel);
        let reservation = Reservation {
            room: Arc::clone(&self.room),
            bytes,
        };
        if before + bytes > self.room.limit {
            return self.losses.note(Loss::QueueFull, 1);
        }
        invocation.reservation = Some(reservation);
        match self.sender.try_send(invocation) {
            Ok(()) => {}
            Err(mpsc::error::TrySendError::Full(_)) => self.losses.note(Loss::QueueFull, 1),
            Err(mpsc::error::TrySendError::Closed(_)) => self.losses.note(Loss::Shutdown, 1),
        }
    }
}

/// Why a record was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    /// More came than could be delivered.
    QueueFull,
    /// The place did not take it.
    DestinationFailed,
    /// The configuration could not be read.
    ConfigurationUnavailable,
    /// The server ended first.
    Shutdown,
}

impl Loss {
    fn word(self) -> &'static str {
        match self {
            Self::QueueFull => "queue_full",
            Self::DestinationFailed => "destination_failed",
            Self::ConfigurationUnavailable => "configuration_unavailable",
            Self::Shutdown => "shutdown",
        }
    }
}

/// Where losses are told: counted at once, logged when the worker next looks.
#[derive(Debug, Clone)]
pub(crate) struct Losses {
    metrics: Arc<Metrics>,
    untold: Arc<AtomicUsize>,
}

impl Losses {
    pub(crate) fn new(metrics: Arc<Metrics>) -> Self {
        let untold = Arc::default();
        Self { metrics, untold }
    }

    /// Counts records that are lost.
    pub(crate) fn note(&self, loss: Loss, records: usize) {
        self.metrics
            .invocation_logs_lost(loss.word(), records as u64);
        if loss == Loss::QueueFull {
            self.untold.fetch_add(records, Ordering::AcqRel);
        }
    }

    /// Logs what was lost for want of room since this was last asked. What else is lost is logged where it happens.
    pub(crate) fn tell(&self) {
        let records = self.untold.swap(0, Ordering::AcqRel);
        if records > 0 {
            tracing::warn!(
                records,
                "model invocation logs are lost: more came than could be delivered. Raise invocation_log_queue, or look at what slows their place down"
            );
        }
    }
}
