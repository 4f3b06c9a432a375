//! The enforced guardrail configuration: a guardrail that every inference of an account in a region goes through.

mod delete_enforced_guardrail_configuration;
mod list_enforced_guardrails_configuration;
mod put_enforced_guardrail_configuration;
mod stored;

use bedrock_smithy::input::PutEnforcedGuardrailConfigurationInput;
use outcrop_catalogue::partition;
use outcrop_store::Scope;
use serde::{Deserialize, Serialize};

pub(crate) use delete_enforced_guardrail_configuration::delete_enforced_guardrail_configuration;
pub(crate) use list_enforced_guardrails_configuration::list_enforced_guardrails_configuration;
pub(crate) use put_enforced_guardrail_configuration::put_enforced_guardrail_configuration;
pub use stored::EnforcedGuardrail;

use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing, Resource, original},
};

original!(PutEnforcedGuardrailConfigurationInput, PUT "/enforcedGuardrailsConfiguration");

/// The kind of resource, of which an account has one at most.
pub(crate) struct EnforcedGuardrailConfiguration;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    guardrail_id: String,
    /// A number.
    guardrail_version: String,
}

impl State {
    /// Whether it needs a guardrail: a version of it, or any.
    pub(crate) fn is_for(&self, guardrail_id: &str, version: Option<&str>) -> bool {
        self.guardrail_id == guardrail_id
            && version.is_none_or(|version| self.guardrail_version == version)
    }
}

impl Resource for EnforcedGuardrailConfiguration {
    const KIND: &'static str = "enforced-guardrail-configuration";
    type Request = PutEnforcedGuardrailConfigurationInput;
    type State = State;
}

/// The account's configuration.
pub(crate) async fn of(
    control: &Control,
    context: &Context,
) -> Result<Option<Held<EnforcedGuardrailConfiguration>>, ControlError> {
    let listing = Listing {
        page: PageRequest {
            max_results: Some(1),
            next_token: None,
        },
        ..Listing::default()
    };
    let page = control.list(context, listing, |_| true).await?;
    Ok(page.items.into_iter().next())
}

/// Who changed it. Credentials are not looked into, so this is the account itself.
fn principal(scope: &Scope) -> String {
    format!(
        "arn:{}:iam::{}:root",
        partition(&scope.region),
        scope.account
    )
}

#[cfg(test)]
mod tests;
