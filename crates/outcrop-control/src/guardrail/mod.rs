//! Guardrails: a draft that can be changed, and numbered versions, each a snapshot of the draft.

mod create_guardrail;
mod create_guardrail_version;
mod delete_guardrail;
mod described;
mod find;
mod get_guardrail;
mod list_guardrails;
mod policy;
mod policy_use;
mod status;
mod stored;
mod update_guardrail;
mod version;

use bedrock_smithy::{input::CreateGuardrailInput, model::GuardrailStatus};
use serde::{Deserialize, Serialize};

pub(crate) use create_guardrail::create_guardrail;
pub(crate) use create_guardrail_version::create_guardrail_version;
pub(crate) use delete_guardrail::delete_guardrail;
pub(crate) use find::{draft, version};
pub(crate) use get_guardrail::get_guardrail;
pub(crate) use list_guardrails::list_guardrails;
pub(crate) use policy_use::user_of;
pub use stored::StoredGuardrail;
pub(crate) use update_guardrail::update_guardrail;

use crate::resource::{Held, Resource, original};

/// What the draft is called in the place of a version's number.
const DRAFT: &str = "DRAFT";

/// What is recommended after a failure, which only the guardrail's owner can have asked for.
const AFTER_FAILURE: &str = "Remove the tag outcrop:fail from the guardrail.";

// An update's body has the members of a creation's, and takes its place in the record.
original!(CreateGuardrailInput, POST "/guardrails");

/// The kind of resource: the draft, with the tags of the guardrail.
pub(crate) struct Guardrail;

/// What there is to know besides the request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct State {
    /// The number of the newest version, whether it is still there or not; numbers are given once.
    last_version: u32,
    /// When the newest version was made. Nanoseconds since 1970, UTC.
    versioned_at: Option<i64>,
    /// When a request asked for its deletion. Nanoseconds since 1970, UTC.
    deleting_since: Option<i64>,
}

impl Resource for Guardrail {
    const KIND: &'static str = "guardrail";
    type Request = CreateGuardrailInput;
    type State = State;
}

/// What to say of a name that another guardrail has. The text is ours.
fn name_taken(name: &str) -> String {
    format!("The guardrail name {name} is already in use. Choose another name.")
}

/// What to say of a change that has to wait for another. The text is ours.
fn busy(held: &Held<Guardrail>, status: GuardrailStatus) -> String {
    format!(
        "The guardrail {} is {}. Wait until it is READY, and try again.",
        held.id(),
        status.as_str()
    )
}

#[cfg(test)]
mod tests;
