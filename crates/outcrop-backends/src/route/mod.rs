//! Which server answers for which model, and what happens when it does not.
//!
//! ```text
//! request -> choose (first route that fits) -> attempt (its targets in order) -> engine of one server
//! ```
//!
//! A [`Router`] is an [`Engine`](outcrop_engine::Engine) over others. It answers a model that no route
//! fits with the service's error, and never with something else.

mod attempt;
mod backend;
mod error;
mod models;
mod pattern;
mod router;
mod settings;

pub use error::RouteError;
pub use models::ListError;
pub use pattern::{NotAPattern, Pattern};
pub use router::Router;
pub use settings::{Overrides, Route, RouterSettings, Target, Use};
