//! `ListAdvancedPromptOptimizationJobs`: the caller's, page by page.

use bedrock_smithy::{
    error::ListAdvancedPromptOptimizationJobsError, input::ListAdvancedPromptOptimizationJobsInput,
    model::AdvancedPromptOptimizationJobSummary, output::ListAdvancedPromptOptimizationJobsOutput,
};

use super::{AdvancedPromptOptimizationJob, progress};
use crate::{
    Control,
    context::Context,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_advanced_prompt_optimization_jobs(
    control: &Control,
    input: ListAdvancedPromptOptimizationJobsInput,
    context: &Context,
) -> Result<ListAdvancedPromptOptimizationJobsOutput, ListAdvancedPromptOptimizationJobsError> {
    control
        .sweep::<AdvancedPromptOptimizationJob>(context)
        .await?;
    let listing = Listing {
        order: input.sort_order.as_ref(),
        page: PageRequest {
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let page = control
        .list(context, listing, |held| !control.is_gone(held))
        .await?;
    let summaries = page.items.iter().map(|held| summary(control, held));
    Ok(ListAdvancedPromptOptimizationJobsOutput {
        job_summaries: Some(summaries.collect()),
        next_token: page.next_token,
    })
}

fn summary(
    control: &Control,
    held: &Held<AdvancedPromptOptimizationJob>,
) -> AdvancedPromptOptimizationJobSummary {
    let progress = progress(control, held);
    AdvancedPromptOptimizationJobSummary {
        creation_time: held.created_at(),
        job_arn: held.arn(),
        job_name: held.name().to_owned(),
        job_status: progress.status,
        last_modified_time: Some(progress.last_modified),
    }
}
