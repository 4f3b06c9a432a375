//! Where objects come from.

use std::any::Any;

use futures_util::future::BoxFuture;
use outcrop_engine::EngineError;

/// Room in memory that is taken until it is dropped.
pub type Hold = Box<dyn Any + Send + Sync>;

/// A whole object.
pub struct Fetched {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The room that they take.
    pub hold: Hold,
}

/// The objects behind `s3://` locations.
pub trait StoredObjects: Send + Sync + 'static {
    /// An object of at most `limit` bytes, within a deadline of the implementation's own.
    fn get<'a>(&'a self, uri: &'a str, limit: u64) -> BoxFuture<'a, Result<Fetched, StoredError>>;
}

/// Why there are no bytes. How the service says it is not known: the texts follow those that it has for other members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoredError {
    /// The text is no location of an object.
    Uri(String),
    /// The owner is no account.
    Owner,
    /// There is no such object, or no such bucket.
    NotFound(String),
    /// It may not be read.
    AccessDenied(String),
    /// It has more than so many bytes.
    TooLarge(u64),
    /// The place itself fails.
    Unavailable(String),
}

impl StoredError {
    /// What the client reads of an object at this location.
    pub(crate) fn refusal(self, uri: &str) -> EngineError {
        match self {
            Self::Uri(why) => EngineError::Validation(format!(
                "The provided S3 URI {uri} is invalid: {why}. Correct the URI and try again."
            )),
            Self::Owner => EngineError::Validation(format!(
                "The bucketOwner of {uri} is not an AWS account ID of 12 digits. Correct it and try again."
            )),
            Self::NotFound(why) => EngineError::Validation(format!(
                "The provided S3 URI does not exist: {why}. Correct the URI and try again."
            )),
            Self::AccessDenied(why) => EngineError::AccessDenied(format!(
                "Access to the provided S3 URI is denied: {why}."
            )),
            Self::TooLarge(limit) => EngineError::Validation(format!(
                "The object at the provided S3 URI {uri} is too large: it may have {limit} bytes. Provide a smaller one and try again."
            )),
            Self::Unavailable(why) => EngineError::ServiceUnavailable(format!(
                "The object at the provided S3 URI {uri} can't be read: {why}."
            )),
        }
    }
}

/// No object at all.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoObjects;

impl StoredObjects for NoObjects {
    fn get<'a>(&'a self, uri: &'a str, _limit: u64) -> BoxFuture<'a, Result<Fetched, StoredError>> {
        let why = format!("nothing is behind {uri}");
        Box::pin(async { Err(StoredError::NotFound(why)) })
    }
}
