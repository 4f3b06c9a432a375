//! What `SQLite` says, in the store's words.

use rusqlite::{Error, ErrorCode};

use crate::StoreError;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Self::Unavailable(explained(&error))
    }
}

/// What went wrong, and what can be done about it.
pub(super) fn explained(error: &Error) -> String {
    let advice = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "; another process keeps the database locked"
        }
        Some(ErrorCode::DiskFull) => "; make room on its disk",
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            "; allow writing to the file and its folder"
        }
        Some(ErrorCode::NotADatabase) => "; choose another path, or move the file away",
        Some(ErrorCode::DatabaseCorrupt) => "; move the file away, or bring back a copy",
        Some(ErrorCode::OperationInterrupted) => "; reading took too long",
        _ => "",
    };
    format!("{error}{advice}")
}
