//! How logs are delivered.

use std::{path::PathBuf, time::Duration};

/// The bounds of the delivery.
#[derive(Debug, Clone)]
pub struct DeliverySettings {
    /// How long a record waits for others that are delivered with it.
    pub delay: Duration,
    /// Bytes of bodies that may wait or be under way; what comes beyond them is lost, and counted.
    pub queue: usize,
    /// The folder that has the log groups of `CloudWatch` Logs.
    pub cloud_watch_root: PathBuf,
    /// Bytes that one log stream may take: half of it in the file that is written to, half in the one before.
    pub cloud_watch_limit: u64,
    /// Tries of a write before its records are lost.
    pub tries: u32,
    /// The pause before the second try. It doubles with each further one.
    pub pause: Duration,
    /// Time allowed for one try.
    pub deadline: Duration,
}

impl Default for DeliverySettings {
    fn default() -> Self {
        Self {
            delay: Duration::from_secs(5),
            queue: 64 << 20,
            cloud_watch_root: PathBuf::from("cloudwatch"),
            cloud_watch_limit: 256 << 20,
            tries: 3,
            pause: Duration::from_millis(500),
            deadline: Duration::from_secs(30),
        }
    }
}
