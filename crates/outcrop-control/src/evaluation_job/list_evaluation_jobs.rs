//! `ListEvaluationJobs`: the caller's, page by page.

use bedrock_smithy::{
    error::ListEvaluationJobsError,
    input::{CreateEvaluationJobInput, ListEvaluationJobsInput},
    model::{EvaluationConfig, EvaluationDatasetMetricConfig, EvaluationSummary},
    output::ListEvaluationJobsOutput,
};

use super::{EvaluationJob, described, models, progress};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_evaluation_jobs(
    control: &Control,
    input: ListEvaluationJobsInput,
    context: &Context,
) -> Result<ListEvaluationJobsOutput, ListEvaluationJobsError> {
    control.sweep::<EvaluationJob>(context).await?;
    let listing = Listing {
        filters: format!(
            "{:?}/{:?}",
            input.status_equals, input.application_type_equals
        ),
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
    let page = control
        .list(context, listing, |held| passes(control, &input, held))
        .await?;
    let summaries: Result<Vec<_>, _> = page
        .items
        .iter()
        .map(|held| summary(control, held))
        .collect();
    Ok(ListEvaluationJobsOutput {
        job_summaries: Some(summaries?),
        next_token: page.next_token,
    })
}

fn passes(control: &Control, input: &ListEvaluationJobsInput, held: &Held<EvaluationJob>) -> bool {
    let status = input
        .status_equals
        .is_none_or(|wanted| wanted == progress(control, held).status);
    // A job whose request cannot be read is kept, so that the listing says so.
    let application = input.application_type_equals.is_none_or(|wanted| {
        held.request()
            .is_ok_and(|request| described(&request).application_type == wanted)
    });
    status && application && !control.is_gone(held)
}

#[expect(
    deprecated,
    reason = "the service sends both the summary of the inference configuration and what it was before"
)]
fn summary(
    control: &Control,
    held: &Held<EvaluationJob>,
) -> Result<EvaluationSummary, ControlError> {
    let request = held.request()?;
    let described = described(&request);
    let inference = models::summary(&request.inference_config);
    let of_models = inference.model_config_summary.as_ref();
    let of_rag = inference.rag_config_summary.as_ref();
    Ok(EvaluationSummary {
        application_type: Some(described.application_type),
        creation_time: held.created_at(),
        custom_metrics_evaluator_model_identifiers: models::custom_evaluators(&request),
        evaluation_task_types: task_types(&request),
        evaluator_model_identifiers: models::evaluators(&request),
        job_arn: held.arn(),
        job_name: held.name().to_owned(),
        job_type: described.job_type,
        model_identifiers: of_models
            .and_then(|models| models.bedrock_model_identifiers.clone())
            .unwrap_or_default(),
        rag_identifiers: of_rag.and_then(|rag| rag.bedrock_knowledge_base_identifiers.clone()),
        inference_config_summary: Some(inference),
        status: progress(control, held).status,
    })
}

/// Each once, in the order of the data sets.
fn task_types(
    request: &CreateEvaluationJobInput,
) -> Vec<bedrock_smithy::model::EvaluationTaskType> {
    let configs: &[EvaluationDatasetMetricConfig] = match &request.evaluation_config {
        EvaluationConfig::Automated(automated) => &automated.dataset_metric_configs,
        EvaluationConfig::Human(human) => &human.dataset_metric_configs,
    };
    let mut types = Vec::new();
    for config in configs {
        if !types.contains(&config.task_type) {
            types.push(config.task_type);
        }
    }
    types
}
