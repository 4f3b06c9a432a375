//! What the handlers share. The models of a configuration that is read again take the place of those before.

use std::sync::Arc;

use outcrop_catalogue::{Catalogue, Resources};
use outcrop_control::Control;
use outcrop_runtime::Runtime;
use outcrop_wire::Current;

/// Both services' parts, and the catalogue that is in both.
pub(crate) struct Served {
    pub(crate) catalogue: Current<Catalogue>,
    pub(crate) control: Current<Control>,
    pub(crate) runtime: Current<Runtime>,
}

impl Served {
    /// Answers with other models from now on. Requests that run keep those with which they began.
    pub(crate) fn put(&self, catalogue: Catalogue) {
        let catalogue = Arc::new(catalogue);
        let (control, runtime) = (self.control.get(), self.runtime.get());
        let control = Arc::new(Control {
            catalogue: Arc::clone(&catalogue),
            store: Arc::clone(&control.store),
            clock: Arc::clone(&control.clock),
            pace: control.pace,
            enforcements: control.enforcements.clone(),
            log_destinations: Arc::clone(&control.log_destinations),
        });
        self.runtime.set(Arc::new(Runtime {
            catalogue: Arc::clone(&catalogue),
            resources: Arc::clone(&control) as Arc<dyn Resources>,
            engine: Arc::clone(&runtime.engine),
            guardrails: Arc::clone(&runtime.guardrails),
            objects: Arc::clone(&runtime.objects),
            async_invokes: Arc::clone(&runtime.async_invokes),
            overrides: Arc::clone(&runtime.overrides),
        }));
        self.control.set(control);
        self.catalogue.set(catalogue);
    }
}
