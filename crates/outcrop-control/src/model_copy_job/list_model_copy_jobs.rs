//! `ListModelCopyJobs`: the caller's, page by page.

use bedrock_smithy::{
    error::ListModelCopyJobsError, input::ListModelCopyJobsInput, model::ModelCopyJobSummary,
    output::ListModelCopyJobsOutput,
};

use super::{ModelCopyJob, summary};
use crate::{
    Control,
    context::Context,
    custom_model,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_model_copy_jobs(
    control: &Control,
    input: ListModelCopyJobsInput,
    context: &Context,
) -> Result<ListModelCopyJobsOutput, ListModelCopyJobsError> {
    custom_model::settle(control, &context.scope()).await?;
    let listing = Listing {
        filters: format!(
            "{:?}/{:?}/{:?}",
            input.status_equals, input.source_account_equals, input.source_model_arn_equals
        ),
        name_contains: input.target_model_name_contains.as_deref(),
        created_after: input.creation_time_after.as_ref(),
        created_before: input.creation_time_before.as_ref(),
        order: input.sort_order.as_ref(),
        page: PageRequest {
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    // A job that cannot be read passes, so that it is told of and not passed over.
    let keep = |held: &Held<ModelCopyJob>| summary(held).map_or(true, |job| passes(&input, &job));
    let page = control.list(context, listing, keep).await?;
    let summaries: Result<Vec<_>, _> = page.items.iter().map(summary).collect();
    Ok(ListModelCopyJobsOutput {
        model_copy_job_summaries: Some(summaries?),
        next_token: page.next_token,
    })
}

fn passes(input: &ListModelCopyJobsInput, job: &ModelCopyJobSummary) -> bool {
    let (status, account) = (&input.status_equals, &input.source_account_equals);
    let source = input.source_model_arn_equals.as_ref();
    status.as_ref().is_none_or(|status| *status == job.status)
        && account
            .as_ref()
            .is_none_or(|id| *id == job.source_account_id)
        && source.is_none_or(|arn| *arn == job.source_model_arn)
}
