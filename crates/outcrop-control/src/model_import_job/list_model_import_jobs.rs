//! `ListModelImportJobs`: the caller's, page by page.

use bedrock_smithy::{
    error::ListModelImportJobsError, input::ListModelImportJobsInput, model::ModelImportJobSummary,
    output::ListModelImportJobsOutput,
};

use super::{ModelImportJob, described};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_model_import_jobs(
    control: &Control,
    input: ListModelImportJobsInput,
    context: &Context,
) -> Result<ListModelImportJobsOutput, ListModelImportJobsError> {
    control.settle::<ModelImportJob>(&context.scope()).await?;
    let listing = Listing {
        filters: format!("{:?}", input.status_equals),
        name_contains: input.name_contains.as_deref(),
        created_after: input.creation_time_after.as_ref(),
        created_before: input.creation_time_before.as_ref(),
        order: input.sort_order.as_ref(),
        page: PageRequest {
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let keep = |held: &Held<ModelImportJob>| {
        input
            .status_equals
            .is_none_or(|wanted| wanted == described(held).status)
    };
    let page = control.list(context, listing, keep).await?;
    let summaries: Result<Vec<_>, _> = page.items.iter().map(summary).collect();
    Ok(ListModelImportJobsOutput {
        model_import_job_summaries: Some(summaries?),
        next_token: page.next_token,
    })
}

fn summary(held: &Held<ModelImportJob>) -> Result<ModelImportJobSummary, ControlError> {
    let described = described(held);
    Ok(ModelImportJobSummary {
        creation_time: held.created_at(),
        end_time: described.end_time,
        imported_model_arn: described.model_arn,
        imported_model_name: Some(held.request()?.imported_model_name),
        job_arn: held.arn(),
        job_name: held.name().to_owned(),
        last_modified_time: Some(described.last_modified),
        status: described.status,
    })
}
