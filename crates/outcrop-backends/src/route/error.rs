//! What can be wrong with routes.

use crate::BackendError;

/// Why there is no router for these settings.
#[derive(Debug, thiserror::Error)]
pub enum RouteError {
    /// A backend's settings cannot be used.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// Two backends have one name.
    #[error("there are two backends named {name}; give one of them another name")]
    Duplicate {
        /// The name.
        name: String,
    },
    /// A route leads to a backend that there is not.
    #[error("{place}: there is no backend {name}; {}", choices(.known))]
    Unknown {
        /// Where the route is configured.
        place: String,
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// A route leads nowhere.
    #[error(
        "{place}: this route has no target; give it `backend` and `model`, `to`, or `canned = true`"
    )]
    NoTarget {
        /// Where the route is configured.
        place: String,
    },
    /// A route is for no model.
    #[error(
        "{place}: this route is for no model; give it `models`, for instance [\"anthropic.*\"]"
    )]
    NoModels {
        /// Where the route is configured.
        place: String,
    },
    /// A route leads to one target twice.
    #[error("{place}: this route leads to {model} of the backend {backend} twice; remove one")]
    Twice {
        /// Where the route is configured.
        place: String,
        /// The backend.
        backend: String,
        /// Its model.
        model: String,
    },
}

fn choices(names: &[String]) -> String {
    if names.is_empty() {
        "add a `[backends.NAME]` table for it".to_owned()
    } else {
        format!(
            "add a `[backends.NAME]` table for it, or choose one of: {}",
            names.join(", ")
        )
    }
}
