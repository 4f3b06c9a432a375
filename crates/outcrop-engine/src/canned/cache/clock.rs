//! The time, as the cache sees it.

use std::{
    fmt::Debug,
    time::{Duration, Instant},
};

/// Something that tells how much time has gone by. Tests bring their own.
pub trait Clock: Debug + Send + Sync + 'static {
    /// Time since some fixed moment; never less than before.
    fn now(&self) -> Duration;
}

/// The machine's monotonic clock.
#[derive(Debug)]
pub struct SystemClock(Instant);

impl Default for SystemClock {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.0.elapsed()
    }
}
