//! `ListAutomatedReasoningPolicies`: the drafts of all policies, or the versions of one.

use bedrock_smithy::{
    error::ListAutomatedReasoningPoliciesError, input::ListAutomatedReasoningPoliciesInput,
    model::AutomatedReasoningPolicySummary, output::ListAutomatedReasoningPoliciesOutput,
};

use super::{DRAFT, Policy, PolicyVersion, policy_arn::PolicyArn, time::time};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::{Page, PageRequest},
    resource::{Held, Listing, Resource},
};

pub(crate) async fn list_automated_reasoning_policies(
    control: &Control,
    input: ListAutomatedReasoningPoliciesInput,
    context: &Context,
) -> Result<ListAutomatedReasoningPoliciesOutput, ListAutomatedReasoningPoliciesError> {
    let page = PageRequest {
        max_results: Some(input.max_results),
        next_token: input.next_token.as_deref(),
    };
    let page = match &input.policy_arn {
        Some(arn) => versions(control, context, arn, page).await?,
        None => drafts(control, context, page).await?,
    };
    Ok(ListAutomatedReasoningPoliciesOutput {
        automated_reasoning_policy_summaries: page.items,
        next_token: page.next_token,
    })
}

type Summaries = Page<AutomatedReasoningPolicySummary>;

async fn drafts(
    control: &Control,
    context: &Context,
    page: PageRequest<'_>,
) -> Result<Summaries, ControlError> {
    let listing = Listing {
        page,
        ..Listing::default()
    };
    let page = control.list::<Policy>(context, listing, |_| true).await?;
    let summary = |held: &Held<Policy>| AutomatedReasoningPolicySummary {
        created_at: time(held.created_nanos()),
        description: held.state.description.clone(),
        name: held.name().to_owned(),
        policy_arn: held.arn(),
        policy_id: held.id().to_owned(),
        updated_at: time(held.updated_nanos()),
        version: DRAFT.to_owned(),
    };
    Ok(Page {
        items: page.items.iter().map(summary).collect(),
        next_token: page.next_token,
    })
}

/// The ARN of a version restricts to that one.
async fn versions(
    control: &Control,
    context: &Context,
    arn: &str,
    page: PageRequest<'_>,
) -> Result<Summaries, ControlError> {
    let named = PolicyArn::read(context, arn)?;
    if control
        .look_up::<Policy>(context, named.id)
        .await?
        .is_none()
    {
        return Err(ControlError::NotFound(Policy::not_found(arn)));
    }
    let listing = Listing {
        filters: arn.to_owned(),
        parent: Some(named.id),
        page,
        ..Listing::default()
    };
    let keep = |held: &Held<PolicyVersion>| {
        let number = held.state.number.to_string();
        named.version.is_none_or(|version| version == number)
    };
    let page = control
        .list::<PolicyVersion>(context, listing, keep)
        .await?;
    let summary = |held: &Held<PolicyVersion>| AutomatedReasoningPolicySummary {
        created_at: time(held.created_nanos()),
        description: held.state.description.clone(),
        name: held.name().to_owned(),
        policy_arn: held.arn(),
        policy_id: named.id.to_owned(),
        updated_at: time(held.created_nanos()),
        version: held.state.number.to_string(),
    };
    Ok(Page {
        items: page.items.iter().map(summary).collect(),
        next_token: page.next_token,
    })
}
