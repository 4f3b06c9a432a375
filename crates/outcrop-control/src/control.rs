//! What the handlers share.

use std::sync::Arc;

use outcrop_catalogue::Catalogue;

/// The resources of the control plane.
pub struct Control {
    /// The foundation models and system-defined inference profiles.
    pub catalogue: Arc<Catalogue>,
}
