//! What a handler knows of a request besides its input.

use bytes::Bytes;
use outcrop_store::Scope;
use outcrop_wire::{Caller, RawBody};

/// Who asks, and the bytes that they asked with.
pub(crate) struct Context {
    pub(crate) caller: Caller,
    pub(crate) body: Bytes,
}

impl Context {
    pub(crate) fn new(caller: Caller, body: RawBody) -> Self {
        let body = body.0;
        Self { caller, body }
    }

    /// Whose resources the request sees.
    pub(crate) fn scope(&self) -> Scope {
        Scope {
            account: self.caller.account.clone(),
            region: self.caller.region.clone(),
        }
    }
}
