//! What the handlers share.

use std::{sync::Arc, time::Duration};

use outcrop_catalogue::Catalogue;
use outcrop_store::Store;

use crate::clock::Clock;

/// The resources of the control plane.
pub struct Control {
    /// The foundation models and system-defined inference profiles.
    pub catalogue: Arc<Catalogue>,
    /// The resources that callers have made.
    pub store: Arc<dyn Store>,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// How long a resource stays in each state that it leaves by itself, such as `Creating` or `InProgress`. With zero it
    /// is never seen in one.
    pub pace: Duration,
}

impl Control {
    /// Nanoseconds since 1970, UTC.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }
}
