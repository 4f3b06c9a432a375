//! Why an attempt failed, and so whether another one makes sense.

use std::error::Error as _;

use deadpool_postgres::{HookError, PoolError};
use tokio_postgres::{Error, error::SqlState};

use crate::{Record, StoreError};

#[derive(Debug)]
pub(super) enum Failure {
    /// That is the answer.
    Refused(StoreError),
    /// Another transaction came between. Nothing was changed.
    Raced(String),
    /// The server cannot be reached, or stopped. Nothing was changed.
    Lost(String),
    /// The server was lost while it committed.
    Unknown(String),
    /// The replacement's name belongs to another record. The transaction has to end before one can ask whose.
    NameTaken(Box<Record>),
    /// Everything else, which another attempt would not change.
    Broken(String),
}

impl Failure {
    /// What a failed `COMMIT` means: after a lost connection it is open whether it happened.
    pub(super) fn of_commit(error: &Error) -> Self {
        match Self::from(error) {
            Self::Lost(why) => Self::Unknown(why),
            other => other,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Refused(error)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let why = explained(error);
        match error.code() {
            Some(&SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED) => {
                Self::Raced(why)
            }
            Some(
                &SqlState::ADMIN_SHUTDOWN
                | &SqlState::CRASH_SHUTDOWN
                | &SqlState::CANNOT_CONNECT_NOW
                | &SqlState::TOO_MANY_CONNECTIONS,
            ) => Self::Lost(why),
            Some(state) if state.code().starts_with("08") => Self::Lost(why),
            None if error.is_closed() || is_io(error) => Self::Lost(why),
            _ => Self::Broken(why),
        }
    }
}

impl From<PoolError> for Failure {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) | PoolError::PostCreateHook(HookError::Backend(error)) => {
                Self::from(&error)
            }
            PoolError::Timeout(_) => {
                Self::Lost("no connection became free or was made in time".to_owned())
            }
            other => Self::Broken(other.to_string()),
        }
    }
}

fn is_io(error: &Error) -> bool {
    let mut source = error.source();
    while let Some(error) = source {
        if error.is::<std::io::Error>() {
            return true;
        }
        source = error.source();
    }
    false
}

/// The error with its causes, which its own text leaves out.
fn explained(error: &Error) -> String {
    if let Some(database) = error.as_db_error() {
        return format!(
            "PostgreSQL says: {} ({})",
            database.message(),
            database.code().code()
        );
    }
    let mut text = format!("PostgreSQL: {error}");
    let mut source = error.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    text
}
