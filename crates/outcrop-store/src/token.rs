//! What a request gets whose token came before.

use crate::{Committed, Key, RequestToken, Scope, StoreError};

/// How long a token is kept at least. Nanoseconds: a day, longer than any client tries again.
pub(crate) const LIFE: i64 = 24 * 60 * 60 * 1_000_000_000;

/// Answers a request by what the one before it left: its fingerprint, and the scope, kind and id of what it made.
pub(crate) fn answered(
    token: &RequestToken,
    fingerprint: &[u8],
    (scope, kind, id): (Scope, String, String),
) -> Result<Committed, StoreError> {
    if fingerprint != token.fingerprint || kind != token.made.kind {
        return Err(StoreError::TokenReused);
    }
    Ok(Committed::Before(Key {
        scope,
        kind: token.made.kind,
        id,
    }))
}
