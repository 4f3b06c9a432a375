//! Why an object cannot be read or written.

use object_store::Error;

use crate::{S3Uri, S3UriError};

/// Says what was asked for, where it was looked for, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ObjectsError {
    /// The bucket is not there.
    #[error("the bucket {bucket} does not exist: {advice}")]
    NoSuchBucket {
        /// Its name.
        bucket: String,
        /// Where it was looked for, and how to make it.
        advice: String,
    },
    /// The bucket has no such object.
    #[error("{uri} does not exist: {place} has no such object")]
    NoSuchKey {
        /// What was asked for.
        uri: S3Uri,
        /// Where it was looked for.
        place: String,
    },
    /// The credentials, or the permissions of the folder, do not allow it.
    #[error("access to {uri} is denied: {advice}")]
    AccessDenied {
        /// What was asked for.
        uri: S3Uri,
        /// What to look at.
        advice: String,
    },
    /// There is more than the caller takes.
    #[error("{uri} is too large: {what} may have {limit} bytes")]
    TooLarge {
        /// What was asked for.
        uri: S3Uri,
        /// What is limited, for instance a line.
        what: &'static str,
        /// How many bytes it may have.
        limit: u64,
    },
    /// The location is none, or one that is not served.
    #[error(transparent)]
    Uri(#[from] S3UriError),
    /// The store itself fails: its network, its disk, its settings.
    #[error("{place} cannot be used: {why}")]
    Unavailable {
        /// The folder or the endpoint.
        place: String,
        /// What is wrong with it.
        why: String,
    },
}

impl ObjectsError {
    /// What an error of the library means that happened to this object in this place.
    pub(crate) fn of(error: &Error, uri: &S3Uri, place: &str) -> Self {
        let text = explained(error);
        match error {
            _ if text.contains("NoSuchBucket") => Self::NoSuchBucket {
                bucket: uri.bucket.clone(),
                advice: format!(
                    "{place} has no such bucket; make it there, or correct the location"
                ),
            },
            Error::NotFound { .. } => Self::NoSuchKey {
                uri: uri.clone(),
                place: place.to_owned(),
            },
            Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => Self::AccessDenied {
                uri: uri.clone(),
                advice: format!(
                    "look at the keys that Outcrop has for {place}, and at the bucket's policy"
                ),
            },
            _ if text.contains("Permission denied") => Self::AccessDenied {
                uri: uri.clone(),
                advice: format!("let the user that runs Outcrop read and write below {place}"),
            },
            _ => Self::Unavailable {
                place: place.to_owned(),
                why: text,
            },
        }
    }
}

/// The error with those of its causes that its own text leaves out.
fn explained(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let cause = error.to_string();
        if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
        source = error.source();
    }
    text
}
