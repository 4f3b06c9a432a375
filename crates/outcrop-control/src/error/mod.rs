//! What a request is refused with, and how each operation says it.

mod exception;
mod operations;

use outcrop_catalogue::ResolveError;
use outcrop_store::StoreError;
use thiserror::Error;

pub(crate) use self::exception::Exception;

/// Why a request is refused. The text is the message that the client reads.
#[derive(Debug, Error)]
pub(crate) enum ControlError {
    /// No such model, or not from the caller's region.
    #[error(transparent)]
    Model(#[from] ResolveError),
    /// No such inference profile, or not from the caller's region. Quoted from `CreateInferenceProfile`, which looks for
    /// its source in the same way.
    #[error("Inference profile not found")]
    ProfileNotFound,
    /// Filters have values that the service does not know; each of them in the wording of a broken enum constraint.
    #[error("{} validation error{} detected: {}", .0.len(), if .0.len() == 1 { "" } else { "s" }, .0.join("; "))]
    Filters(Vec<String>),
    /// The pagination token is not one of this listing. No text of the service's is known.
    #[error(
        "The nextToken that you provided is invalid. Provide the nextToken of the previous response together with the same filters, \
         and try again."
    )]
    NextToken,
    /// What the request says cannot be: a reference of the wrong form, members that exclude each other.
    #[error("{0}")]
    Validation(String),
    /// What the request names is not there. The message says what.
    #[error("{0}")]
    NotFound(String),
    /// The state of the resource, or another resource, does not allow it.
    #[error("{0}")]
    Conflict(String),
    /// Another resource needs this one.
    #[error("{0}")]
    InUse(String),
    /// There would be more of these than an account may have.
    #[error("{0}")]
    Quota(String),
    /// There would be more tags on the resource than it may have.
    #[error(
        "The resource {resource} would have more than {most} tags. Remove tags from it, and try again."
    )]
    TooManyTags {
        /// Its ARN, or its name where it does not exist yet.
        resource: String,
        /// How many it may have.
        most: usize,
    },
    /// Others keep changing the same resource.
    #[error("Too many requests change the same resource at once. Wait a moment, and try again.")]
    Busy,
    /// The store cannot be used, or holds what it should not. The log says more.
    #[error("The state of this server cannot be read or changed. Its log says why.")]
    Store,
}

impl ControlError {
    pub(crate) fn exception(&self) -> Exception {
        match self {
            Self::Model(error) => error.exception().into(),
            Self::ProfileNotFound | Self::NotFound(_) => Exception::ResourceNotFound,
            Self::Filters(_) | Self::NextToken | Self::Validation(_) => Exception::Validation,
            Self::Conflict(_) => Exception::Conflict,
            Self::InUse(_) => Exception::ResourceInUse,
            Self::Quota(_) => Exception::ServiceQuotaExceeded,
            Self::TooManyTags { .. } => Exception::TooManyTags,
            Self::Busy => Exception::Throttling,
            Self::Store => Exception::InternalServer,
        }
    }

    /// The resource that a `TooManyTagsException` names.
    pub(crate) fn resource_name(&self) -> Option<String> {
        match self {
            Self::TooManyTags { resource, .. } => Some(resource.clone()),
            _ => None,
        }
    }
}

/// The state that callers have made cannot be read. The log says why.
#[derive(Debug, Clone, Copy, Error)]
#[error("the state of this server cannot be read; its log says why")]
pub struct StateUnavailable;

impl From<ControlError> for StateUnavailable {
    fn from(_logged: ControlError) -> Self {
        Self
    }
}

impl From<StoreError> for ControlError {
    /// For failures that no handler has words of its own for.
    fn from(error: StoreError) -> Self {
        match &error {
            // New ids do not collide: what exists was made at the same time from the same state.
            StoreError::Changed(_) | StoreError::Exists(_) => Self::Busy,
            StoreError::TokenReused => Self::Conflict(
                "The clientRequestToken was used before with other parameters. Use another token, or the same parameters."
                    .to_owned(),
            ),
            StoreError::NotFound(key) => Self::NotFound(format!("There is no {} {}.", key.kind, key.id)),
            _ => {
                tracing::error!(%error, "the store fails");
                Self::Store
            }
        }
    }
}
