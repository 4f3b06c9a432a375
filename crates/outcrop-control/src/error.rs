//! What a request is refused with, and how each operation says it.

use bedrock_smithy::error::{
    AccessDeniedException, GetFoundationModelError, GetInferenceProfileError,
    ListFoundationModelsError, ListInferenceProfilesError, ResourceNotFoundException,
    ValidationException,
};
use outcrop_catalogue::{Exception, ResolveError};
use thiserror::Error;

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
}

impl ControlError {
    fn exception(&self) -> Exception {
        match self {
            Self::Model(error) => error.exception(),
            Self::ProfileNotFound => Exception::ResourceNotFound,
            Self::Filters(_) | Self::NextToken => Exception::Validation,
        }
    }
}

fn validation(message: String) -> ValidationException {
    ValidationException {
        message: Some(message),
        field_list: None,
    }
}

fn access_denied(message: String) -> AccessDeniedException {
    AccessDeniedException {
        message: Some(message),
    }
}

/// The mapping for operations on one resource.
macro_rules! on_a_resource {
    ($($error:ident),*) => {$(
        impl From<ControlError> for $error {
            fn from(error: ControlError) -> Self {
                let message = error.to_string();
                match error.exception() {
                    Exception::Validation => Self::ValidationException(validation(message)),
                    Exception::AccessDenied => Self::AccessDeniedException(access_denied(message)),
                    Exception::ResourceNotFound => {
                        Self::ResourceNotFoundException(ResourceNotFoundException { message: Some(message) })
                    }
                }
            }
        }
    )*};
}

/// The mapping for listings, which look for no resource.
macro_rules! on_a_listing {
    ($($error:ident),*) => {$(
        impl From<ControlError> for $error {
            fn from(error: ControlError) -> Self {
                let message = error.to_string();
                match error.exception() {
                    Exception::Validation | Exception::ResourceNotFound => {
                        Self::ValidationException(validation(message))
                    }
                    Exception::AccessDenied => Self::AccessDeniedException(access_denied(message)),
                }
            }
        }
    )*};
}

on_a_resource!(GetFoundationModelError, GetInferenceProfileError);
on_a_listing!(ListFoundationModelsError, ListInferenceProfilesError);
