//! Looking guardrails and their versions up. Those whose deletion has come to its end are found no more, and taken out of
//! the store by whoever looks for them.

use outcrop_store::Write;

use super::{
    Guardrail, policy_use,
    status::{of_draft, of_version},
    version::{self, GuardrailVersion},
};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing, Resource},
    resource_policy,
};

/// More versions than a guardrail can have, with those that are being deleted.
const ALL: i32 = 1000;

/// The draft of the guardrail that an id or ARN names.
pub(crate) async fn draft(
    control: &Control,
    context: &Context,
    identifier: &str,
) -> Result<Held<Guardrail>, ControlError> {
    let held = control.find::<Guardrail>(context, identifier).await?;
    if of_draft(control, &held).is_some() {
        return Ok(held);
    }
    let writes = removal(control, context, &held).await?;
    control.apply(writes, "").await?;
    Err(ControlError::NotFound(Guardrail::not_found(identifier)))
}

/// A version of a guardrail.
pub(crate) async fn version(
    control: &Control,
    context: &Context,
    draft: &Held<Guardrail>,
    number: &str,
) -> Result<Held<GuardrailVersion>, ControlError> {
    let id = version::id(draft.id(), number);
    let held = control
        .at::<GuardrailVersion>(&context.scope(), &id)
        .await?;
    if let Some(held) = held {
        if of_version(control, &held).is_some() {
            return Ok(held);
        }
        let writes = removal_of_version(control, &held).await?;
        control.apply(writes, "").await?;
    }
    // The text is ours.
    Err(ControlError::NotFound(format!(
        "The guardrail {} has no version {number}. Check the version, and try again.",
        draft.id()
    )))
}

/// All versions of a guardrail, newest first, and those that are gone.
pub(super) async fn versions(
    control: &Control,
    context: &Context,
    draft: &Held<Guardrail>,
) -> Result<(Vec<Held<GuardrailVersion>>, Vec<Held<GuardrailVersion>>), ControlError> {
    let listing = Listing {
        parent: Some(draft.id()),
        page: PageRequest {
            max_results: Some(ALL),
            next_token: None,
        },
        ..Listing::default()
    };
    let page = control.list(context, listing, |_| true).await?;
    Ok(page
        .items
        .into_iter()
        .partition(|held| of_version(control, held).is_some()))
}

/// The removal of a guardrail with all that belongs to it.
pub(super) async fn removal(
    control: &Control,
    context: &Context,
    draft: &Held<Guardrail>,
) -> Result<Vec<Write>, ControlError> {
    let (there, gone) = versions(control, context, draft).await?;
    let mut writes = vec![draft.deleted()];
    for version in there.iter().chain(&gone) {
        writes.extend(removal_of_version(control, version).await?);
    }
    let request = draft.request()?;
    writes.extend(policy_use::ended(control, draft.scope(), draft.id(), &request).await?);
    let policy = resource_policy::of(control, &context.scope(), &draft.arn()).await?;
    writes.extend(policy.as_ref().map(Held::deleted));
    Ok(writes)
}

/// The removal of a version.
pub(super) async fn removal_of_version(
    control: &Control,
    held: &Held<GuardrailVersion>,
) -> Result<Vec<Write>, ControlError> {
    let snapshot = held.snapshot()?;
    let mut writes = policy_use::ended(control, held.scope(), held.id(), &snapshot).await?;
    writes.push(held.deleted());
    Ok(writes)
}
