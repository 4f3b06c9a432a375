//! `ListGuardrails`: the drafts of the caller's guardrails, or one guardrail with all its versions.

use std::sync::Mutex;

use bedrock_smithy::{
    error::ListGuardrailsError, input::ListGuardrailsInput, model::GuardrailSummary,
    output::ListGuardrailsOutput,
};

use super::{Guardrail, described::Described, draft, find::versions, status::of_draft};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::{Page, PageRequest},
    resource::{Held, Listing},
};

pub(crate) async fn list_guardrails(
    control: &Control,
    input: ListGuardrailsInput,
    context: &Context,
) -> Result<ListGuardrailsOutput, ListGuardrailsError> {
    let page = PageRequest {
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let page = match &input.guardrail_identifier {
        Some(identifier) => one(control, context, identifier, page).await?,
        None => all(control, context, page).await?,
    };
    Ok(ListGuardrailsOutput {
        guardrails: page.items,
        next_token: page.next_token,
    })
}

/// The draft, and then the versions, newest first. There are few: see the quota of `CreateGuardrailVersion`.
async fn one(
    control: &Control,
    context: &Context,
    identifier: &str,
    page: PageRequest<'_>,
) -> Result<Page<GuardrailSummary>, ControlError> {
    let draft = draft(control, context, identifier).await?;
    let (there, _gone) = versions(control, context, &draft).await?;
    let mut summaries = vec![Described::draft(control, &draft)?.summary(context)];
    for held in &there {
        summaries.push(Described::version(control, held)?.summary(context));
    }
    let name = format!("guardrail/{}", draft.id());
    Page::of(&name, summaries, |summary| &summary.version, page)
}

async fn all(
    control: &Control,
    context: &Context,
    page: PageRequest<'_>,
) -> Result<Page<GuardrailSummary>, ControlError> {
    let listing = Listing {
        page,
        ..Listing::default()
    };
    let gone = Mutex::new(Vec::new());
    let keep = |held: &Held<Guardrail>| {
        let there = of_draft(control, held).is_some();
        if let (false, Ok(mut gone)) = (there, gone.lock()) {
            gone.push(held.id().to_owned());
        }
        there
    };
    let page = control.list(context, listing, keep).await?;
    for id in gone.into_inner().unwrap_or_default() {
        // Looking for it takes it out of the store; that it is not found is what is expected.
        let _gone = draft(control, context, &id).await;
    }
    let summaries = page.items.iter().map(|held| {
        let seen = Described::draft(control, held)?;
        Ok::<_, ControlError>(seen.summary(context))
    });
    Ok(Page {
        items: summaries.collect::<Result<_, _>>()?,
        next_token: page.next_token,
    })
}
