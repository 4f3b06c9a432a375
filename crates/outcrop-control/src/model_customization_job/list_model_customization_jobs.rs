//! `ListModelCustomizationJobs`: the caller's, page by page.

use bedrock_smithy::{
    error::ListModelCustomizationJobsError, input::ListModelCustomizationJobsInput,
    model::ModelCustomizationJobSummary, output::ListModelCustomizationJobsOutput,
};

use super::{ModelCustomizationJob, customization_type, model_arn, progress, status};
use crate::{
    Control,
    clock::date_time,
    context::Context,
    custom_model::{self, foundation_model_arn},
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_model_customization_jobs(
    control: &Control,
    input: ListModelCustomizationJobsInput,
    context: &Context,
) -> Result<ListModelCustomizationJobsOutput, ListModelCustomizationJobsError> {
    custom_model::settle(control, &context.scope()).await?;
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
    let keep = |held: &Held<ModelCustomizationJob>| {
        let status = status(&held.state.course.phase());
        let wanted = input.status_equals.as_ref();
        wanted.is_none_or(|wanted| wanted.as_str() == status.as_str())
    };
    let page = control.list(context, listing, keep).await?;
    let summaries: Result<Vec<_>, _> = page
        .items
        .iter()
        .map(|held| summary(control, held))
        .collect();
    Ok(ListModelCustomizationJobsOutput {
        model_customization_job_summaries: Some(summaries?),
        next_token: page.next_token,
    })
}

fn summary(
    control: &Control,
    held: &Held<ModelCustomizationJob>,
) -> Result<ModelCustomizationJobSummary, ControlError> {
    let request = held.request()?;
    let phase = held.state.course.phase();
    Ok(ModelCustomizationJobSummary {
        base_model_arn: foundation_model_arn(held.scope(), &held.state.base_model),
        creation_time: held.created_at(),
        custom_model_arn: model_arn(held),
        customization_type: Some(customization_type(&request)),
        end_time: phase.ended_at().map(date_time),
        job_arn: held.arn(),
        job_name: held.name().to_owned(),
        last_modified_time: Some(held.updated_at()),
        status: status(&phase),
        status_details: progress::details(control, held, &request),
        custom_model_name: Some(request.custom_model_name),
    })
}
