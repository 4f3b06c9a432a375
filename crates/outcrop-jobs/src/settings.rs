//! How much is done at once, and how often.

use std::time::Duration;

/// The bounds of the work.
#[derive(Debug, Clone, Copy)]
pub struct JobSettings {
    /// Jobs under way at once in this process; others wait.
    pub jobs: usize,
    /// Records of one job under way at once.
    pub records: usize,
    /// How long a lease lasts: what a crashed server leaves is taken up after this time.
    pub lease: Duration,
    /// How often a lease is renewed, and looked whether its job is asked to stop. A fraction of `lease`.
    pub beat: Duration,
    /// How often work is looked for that another server has put into the queue, or left.
    pub poll: Duration,
    /// How long to wait before the next try of a job whose store or objects could not be reached. It doubles with
    /// each try.
    pub pause: Duration,
}

impl Default for JobSettings {
    fn default() -> Self {
        Self {
            jobs: 4,
            records: 8,
            lease: Duration::from_secs(30),
            beat: Duration::from_secs(5),
            poll: Duration::from_secs(5),
            pause: Duration::from_secs(5),
        }
    }
}
