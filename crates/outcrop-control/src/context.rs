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

    /// That of reads that no request of the control plane asks for.
    pub(crate) fn of(scope: &Scope) -> Self {
        let Scope { account, region } = scope.clone();
        Self {
            caller: Caller {
                account,
                region,
                region_known: true,
            },
            body: Bytes::new(),
        }
    }

    /// The same request for what an account has once, whatever the region. No region has this name.
    pub(crate) fn in_all_regions(&self) -> Self {
        let caller = Caller {
            region: "global".into(),
            ..self.caller.clone()
        };
        Self {
            caller,
            body: self.body.clone(),
        }
    }

    /// Whose resources the request sees.
    pub(crate) fn scope(&self) -> Scope {
        Scope {
            account: self.caller.account.clone(),
            region: self.caller.region.clone(),
        }
    }
}
