//! What a handler knows of a request besides its input.

use bytes::Bytes;
use outcrop_wire::{Caller, RawBody};

/// Who asks, and the bytes that they asked with.
pub(crate) struct Context {
    pub(crate) caller: Caller,
    body: Bytes,
}

impl Context {
    pub(crate) fn new(caller: Caller, body: RawBody) -> Self {
        let body = body.0;
        Self { caller, body }
    }

    /// The bytes that they asked with.
    pub(crate) fn body(&self) -> &Bytes {
        &self.body
    }

    /// What the padding of this request's stream starts from, so that the same request has the same.
    pub(crate) fn padding_seed(&self) -> u64 {
        outcrop_wire::padding_seed(&self.body)
    }
}

/// The caller as an engine knows it.
pub(crate) fn asker(caller: Caller) -> outcrop_engine::Caller {
    let Caller {
        account, region, ..
    } = caller;
    outcrop_engine::Caller { account, region }
}
