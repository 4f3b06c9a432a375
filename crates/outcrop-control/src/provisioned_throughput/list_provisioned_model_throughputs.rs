//! `ListProvisionedModelThroughputs`: the caller's, page by page.

use bedrock_smithy::{
    error::ListProvisionedModelThroughputsError, input::ListProvisionedModelThroughputsInput,
    model::ProvisionedModelSummary, output::ListProvisionedModelThroughputsOutput,
};

use super::{ProvisionedModel, described, status};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_provisioned_model_throughputs(
    control: &Control,
    input: ListProvisionedModelThroughputsInput,
    context: &Context,
) -> Result<ListProvisionedModelThroughputsOutput, ListProvisionedModelThroughputsError> {
    let listing = Listing {
        filters: format!("{:?}/{:?}", input.status_equals, input.model_arn_equals),
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
    let keep = |held: &Held<ProvisionedModel>| {
        let is_of_model = input
            .model_arn_equals
            .as_ref()
            .is_none_or(|arn| *arn == held.state.model_arn);
        is_of_model
            && input
                .status_equals
                .as_ref()
                .is_none_or(|wanted| *wanted == status(control, held).0)
    };
    let page = control.list(context, listing, keep).await?;
    let summaries: Result<Vec<_>, _> = page
        .items
        .iter()
        .map(|held| summary(control, held))
        .collect();
    Ok(ListProvisionedModelThroughputsOutput {
        next_token: page.next_token,
        provisioned_model_summaries: Some(summaries?),
    })
}

fn summary(
    control: &Control,
    held: &Held<ProvisionedModel>,
) -> Result<ProvisionedModelSummary, ControlError> {
    let now = described(control, held)?;
    Ok(ProvisionedModelSummary {
        commitment_duration: now.commitment,
        commitment_expiration_time: now.commitment_ends,
        creation_time: held.created_at(),
        desired_model_arn: now.desired_model_arn,
        desired_model_units: now.model_units,
        foundation_model_arn: held.state.foundation_model_arn.clone(),
        last_modified_time: held.updated_at(),
        model_arn: now.model_arn,
        model_units: now.model_units,
        provisioned_model_arn: held.arn(),
        provisioned_model_name: held.name().to_owned(),
        status: now.status,
    })
}
