//! What all resources have in common, written once: ids and ARNs, the request that made them, names, tags, idempotent
//! creation, lookups, listings, and states that follow from the clock.
//!
//! A resource kind is a type that implements [`Resource`]. Its record holds the request that made it, byte for byte, and
//! a state of its own: what the request does not say. The request is read again with the generated parser where it is
//! needed, so nothing of it is lost and none of its shapes is spelled twice.

mod any_model;
mod arn;
mod blank;
mod change;
mod create;
mod deletion;
mod find;
mod fingerprint;
mod held;
mod id;
mod job;
mod lifecycle;
mod list;
mod making;
mod original;
mod put;
pub(crate) mod reference;
mod reservation;
pub(crate) mod tags;

pub(crate) use self::{
    arn::{OwnArn, arn},
    blank::blank,
    change::retried,
    create::{New, companion},
    fingerprint::fingerprint,
    held::Held,
    id::{id12, uuid},
    job::{Job, JobPhase},
    lifecycle::{Outcome, reached},
    list::Listing,
    making::{Course, Making, open},
    original::{Original, original, parse},
    reservation::{release, reserve},
};

use outcrop_store::Scope;
use serde::{Serialize, de::DeserializeOwned};

/// A kind of resource.
pub(crate) trait Resource: Sized + Send + Sync + 'static {
    /// What it is called in the store, and in ARNs: `arn:aws:bedrock:REGION:ACCOUNT:KIND/ID`.
    const KIND: &'static str;

    /// The input of the operation that makes it.
    type Request: Original;

    /// What there is to know of it besides that request, its name, tags and times.
    type State: Serialize + DeserializeOwned + Clone + Send + Sync;

    /// Its ARN.
    fn arn(scope: &Scope, id: &str, _state: &Self::State) -> String {
        arn(scope, Self::KIND, id)
    }

    /// What to say of an identifier that names none. No text of the service's is known for most kinds.
    fn not_found(identifier: &str) -> String {
        let kind = Self::KIND.replace('-', " ");
        format!(
            "The {kind} {identifier} could not be found. Check its identifier, account and region, and try again."
        )
    }
}
