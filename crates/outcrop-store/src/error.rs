//! Why a store does not do what it is asked.

use crate::Key;

/// Why nothing was read or changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A new record has the key of one that is there.
    #[error("there is a {} {} already", .0.kind, .0.id)]
    Exists(Key),
    /// A record that has to have a name of its own has another one's: that of this record.
    #[error("the name is taken by the {} {}", .0.kind, .0.id)]
    NameTaken(Key),
    /// The record to replace or to delete is not there.
    #[error("there is no {} {}", .0.kind, .0.id)]
    NotFound(Key),
    /// The record to replace or to delete was changed since it was read. Read it again, and decide again.
    #[error("the {} {} was changed meanwhile", .0.kind, .0.id)]
    Changed(Key),
    /// The token came with another request before.
    #[error("the token was used for another request")]
    TokenReused,
    /// The store itself fails: its disk, its connection, its schema.
    #[error("the store cannot be used: {0}")]
    Unavailable(String),
}
