//! What a handler knows of a request besides its input.

use bytes::Bytes;
use outcrop_engine::Caller;
use outcrop_wire::RawBody;

/// Who asks, and the bytes that they asked with.
pub(crate) struct Context {
    pub(crate) caller: Caller,
    body: Bytes,
}

impl Context {
    pub(crate) fn new(caller: outcrop_wire::Caller, body: RawBody) -> Self {
        let outcrop_wire::Caller { account, region } = caller;
        Self {
            caller: Caller { account, region },
            body: body.0,
        }
    }

    /// What the padding of this request's stream starts from, so that the same request has the same.
    pub(crate) fn padding_seed(&self) -> u64 {
        outcrop_wire::padding_seed(&self.body)
    }
}
