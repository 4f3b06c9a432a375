//! Why the work at a job stops before its end.

use outcrop_objects::ObjectsError;
use outcrop_store::StoreError;

/// Why a worker puts a job down.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Halt {
    /// Somebody else has the job now, or nobody can have it any more. Nothing may be told of it.
    #[error("another worker has the job")]
    Lost,
    /// The job is asked to stop.
    #[error("the job is asked to stop")]
    Stopped,
    /// The job's time is over.
    #[error("the job's time is over")]
    Expired,
    /// This server ends; another one goes on.
    #[error("the server ends")]
    Closing,
    /// The job cannot be done. The text is for its owner.
    #[error("{0}")]
    Failed(String),
    /// It cannot be done now, but perhaps later. The text is for the log, and for the owner at the last try.
    #[error("{0}")]
    Later(String),
}

impl From<ObjectsError> for Halt {
    fn from(error: ObjectsError) -> Self {
        match error {
            ObjectsError::Unavailable { .. } => Self::Later(error.to_string()),
            _ => Self::Failed(error.to_string()),
        }
    }
}

impl From<StoreError> for Halt {
    fn from(error: StoreError) -> Self {
        Self::Later(error.to_string())
    }
}
