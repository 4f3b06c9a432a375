//! `ListModelInvocationJobs`: the caller's, page by page.

use bedrock_smithy::{
    error::ListModelInvocationJobsError, input::ListModelInvocationJobsInput,
    model::ModelInvocationJobSummary, output::ListModelInvocationJobsOutput,
};

use super::{ModelInvocationJob, described, status};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_model_invocation_jobs(
    control: &Control,
    input: ListModelInvocationJobsInput,
    context: &Context,
) -> Result<ListModelInvocationJobsOutput, ListModelInvocationJobsError> {
    let listing = Listing {
        filters: format!("{:?}", input.status_equals),
        name_contains: input.name_contains.as_deref(),
        created_after: input.submit_time_after.as_ref(),
        created_before: input.submit_time_before.as_ref(),
        order: input.sort_order.as_ref(),
        page: PageRequest {
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let now = control.now();
    let keep = |held: &Held<ModelInvocationJob>| {
        input.status_equals.as_ref().is_none_or(|wanted| {
            let request = held.request().ok();
            let hours = request.and_then(|request| request.timeout_duration_in_hours);
            *wanted == status(held, hours, now)
        })
    };
    let page = control.list(context, listing, keep).await?;
    let summaries: Result<Vec<_>, _> = page.items.iter().map(|held| summary(held, now)).collect();
    Ok(ListModelInvocationJobsOutput {
        next_token: page.next_token,
        invocation_job_summaries: Some(summaries?),
    })
}

fn summary(
    held: &Held<ModelInvocationJob>,
    now: i64,
) -> Result<ModelInvocationJobSummary, ControlError> {
    let request = held.request()?;
    let name = held.name().to_owned();
    Ok(described!(
        ModelInvocationJobSummary,
        held,
        request,
        now,
        name
    ))
}
