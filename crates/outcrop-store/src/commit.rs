//! What one request changes.

use crate::{Key, Record};

/// One change of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// A new record; its revision is 1.
    Create(Record),
    /// The record in the place of the one with the same key, whose revision must be the one before this one's.
    Replace(Record),
    /// No record any more. With a revision, the record must still have it.
    Delete {
        /// Which one.
        key: Key,
        /// The revision that was looked at before it was decided to delete it.
        revision: Option<u64>,
    },
}

/// A `clientRequestToken`: a request that carries it happens once, however often it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestToken {
    /// Whose request it is, of which operation: the key's kind names the operation, its id is the token.
    pub key: Key,
    /// What the request says, without the token: the same request has the same fingerprint.
    pub fingerprint: [u8; 16],
    /// The record whose creation the request asks for.
    pub made: Key,
    /// When the request came. Nanoseconds since 1970, UTC.
    pub at: i64,
}

/// Changes that happen all or not at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Commit {
    /// In this order.
    pub writes: Vec<Write>,
    /// The token of the request, if it had one. It is kept with the changes.
    pub token: Option<RequestToken>,
}

/// What became of a [`Commit`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// The changes have happened.
    Done,
    /// They had happened before, when the same request came first with this token: it made this record. Nothing was
    /// changed now.
    Before(Key),
}
