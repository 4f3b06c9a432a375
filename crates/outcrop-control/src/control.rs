//! What the handlers share.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use outcrop_catalogue::Catalogue;
use outcrop_store::Store;

use crate::{clock::Clock, model_invocation_logging::LogDestinations};

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
    /// How often a guardrail was enforced here.
    pub enforcements: Enforcements,
    /// What is behind the places where invocations are logged. `NoLogDestinations` where nothing is delivered.
    pub log_destinations: Arc<dyn LogDestinations>,
}

/// Counts the enforced guardrail configurations that this process has put, so that what it knows of there being none can be
/// told from what it knew before. Clones count together.
#[derive(Debug, Clone, Default)]
pub struct Enforcements(Arc<AtomicU64>);

impl Enforcements {
    pub(crate) fn count(&self) -> u64 {
        self.0.load(Ordering::Acquire)
    }

    pub(crate) fn note(&self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }
}

impl Control {
    /// Nanoseconds since 1970, UTC.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }
}
