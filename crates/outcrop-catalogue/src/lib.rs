//! The foundation models and inference profiles that the server knows, and how a model id finds one.
//!
//! A [`Catalogue`] is read from `data/models.toml`, and a user's file can extend or change it ([`Catalogue::extended_with`]; the format is
//! described in `docs/models.md`). It answers three questions, and does nothing else:
//!
//! - which model does this id or ARN mean, from this region ([`Catalogue::resolve`], [`Catalogue::locate`]);
//! - may that model be asked for this ([`Resolved::permits`], [`Capabilities`]), with the service's own error when not;
//! - what is there to list ([`Catalogue::models`], [`Catalogue::profiles`]).
//!
//! What callers make of models is kept elsewhere; [`Resources`] is how it is asked for.

mod arn;
mod capability;
mod catalogue;
mod entry;
mod error;
mod filter;
mod model;
mod operation;
mod parse;
mod profile;
mod resolve;
mod resources;
mod vocabulary;

pub use arn::{Arn, Resource, partition};
pub use capability::{Capabilities, ContentKind, Reasoning, ToolChoice, ToolSupport};
pub use catalogue::Catalogue;
pub use error::{CatalogueError, Exception, ResolveError, Unsupported};
pub use filter::ModelFilter;
pub use model::Model;
pub use operation::Operation;
pub use profile::{Geography, Profile};
pub use resolve::{Located, Resolved, Via};
pub use resources::{
    Answers, Asker, NoResources, ResolvedResource, ResourceError, ResourceFuture, Resources, Route,
    Routes,
};
pub use vocabulary::{Api, Customization, InferenceType, Lifecycle, Modality};
