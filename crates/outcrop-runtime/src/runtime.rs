//! What the handlers share.

use std::sync::Arc;

use arc_swap::ArcSwap;
use outcrop_catalogue::{Catalogue, Resources};
use outcrop_engine::Engine;

use crate::{
    AsyncInvokes,
    guardrail::{Guardrails, Overrides},
    stored::StoredObjects,
};

/// The models that there are, and what answers for them.
pub struct Runtime {
    /// The models and inference profiles.
    pub catalogue: Arc<Catalogue>,
    /// What callers have made of them: profiles, custom models, capacity. `NoResources` where nothing is kept.
    pub resources: Arc<dyn Resources>,
    /// What answers.
    pub engine: Arc<dyn Engine>,
    /// The guardrails that there are.
    pub guardrails: Arc<dyn Guardrails>,
    /// What is behind `s3://` locations.
    pub objects: Arc<dyn StoredObjects>,
    /// Where asynchronous invocations are kept.
    pub async_invokes: Arc<dyn AsyncInvokes>,
    /// What decides besides their rules. It can be exchanged while requests run, which go on with what they began with.
    pub overrides: Arc<ArcSwap<Overrides>>,
}
