//! Versions of guardrails, as the store keeps them.

use bedrock_smithy::input::{CreateGuardrailInput, CreateGuardrailVersionInput};
use outcrop_store::Scope;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Guardrail;
use crate::{
    error::ControlError,
    resource::{Held, Original, Resource, original},
};

original!(CreateGuardrailVersionInput, POST "/guardrails/guardrail");

/// The kind of resource: a version, whose id is `ID:N` and whose parent is the guardrail with the id.
pub(crate) struct GuardrailVersion;

/// What there is to know besides the request that made the version.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// The request that the draft came from when the version was made.
    pub(super) snapshot: Box<RawValue>,
    /// When a request asked for its deletion. Nanoseconds since 1970, UTC.
    pub(super) deleting_since: Option<i64>,
}

impl Resource for GuardrailVersion {
    const KIND: &'static str = "guardrail-version";
    type Request = CreateGuardrailVersionInput;
    type State = State;

    /// That of its guardrail; ARNs do not name versions.
    fn arn(scope: &Scope, id: &str, _state: &State) -> String {
        let guardrail = id.split_once(':').map_or(id, |(guardrail, _)| guardrail);
        Guardrail::arn(scope, guardrail, &super::State::default())
    }
}

/// The id of a version's record.
pub(super) fn id(guardrail: &str, number: &str) -> String {
    format!("{guardrail}:{number}")
}

impl Held<GuardrailVersion> {
    /// Its number, as text.
    pub(crate) fn number(&self) -> &str {
        self.id()
            .split_once(':')
            .map_or("", |(_guardrail, number)| number)
    }

    /// What the draft was when the version was made.
    pub(super) fn snapshot(&self) -> Result<CreateGuardrailInput, ControlError> {
        CreateGuardrailInput::read(self.state.snapshot.get()).ok_or_else(|| {
            tracing::error!(
                id = self.id(),
                "the snapshot of a guardrail is no longer valid"
            );
            ControlError::Store
        })
    }
}
