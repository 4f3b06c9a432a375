//! What can go wrong with a test's own means, as opposed to the answers that it judges.

use std::{io, path::PathBuf, time::Duration};

/// A result of this crate.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

/// Why a test could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file is not what it should be.
    #[error("{path}: {reason}")]
    Content {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The binary could not be built or started.
    #[error("{0}")]
    Server(String),
    /// Something did not happen in time.
    #[error("{what} did not happen within {deadline:?}")]
    Deadline {
        /// What was waited for.
        what: String,
        /// How long.
        deadline: Duration,
    },
    /// A connection broke, or an answer was not HTTP.
    #[error("{0}")]
    Http(String),
}

impl Failure {
    /// Says which file an I/O error is about.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// Says why a file cannot be used.
    pub fn content(path: impl Into<PathBuf>, reason: &impl ToString) -> Self {
        Self::Content {
            path: path.into(),
            reason: reason.to_string(),
        }
    }
}
