//! `ListCustomModelDeployments`: the caller's, page by page.

use bedrock_smithy::{
    error::ListCustomModelDeploymentsError, input::ListCustomModelDeploymentsInput,
    model::CustomModelDeploymentSummary, output::ListCustomModelDeploymentsOutput,
};

use super::{CustomModelDeployment, described};
use crate::{
    Control,
    context::Context,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_custom_model_deployments(
    control: &Control,
    input: ListCustomModelDeploymentsInput,
    context: &Context,
) -> Result<ListCustomModelDeploymentsOutput, ListCustomModelDeploymentsError> {
    let listing = Listing {
        filters: format!("{:?}/{:?}", input.status_equals, input.model_arn_equals),
        name_contains: input.name_contains.as_deref(),
        created_after: input.created_after.as_ref(),
        created_before: input.created_before.as_ref(),
        order: input.sort_order.as_ref(),
        page: PageRequest {
            max_results: input.max_results,
            next_token: input.next_token.as_deref(),
        },
        ..Listing::default()
    };
    let keep = |held: &Held<CustomModelDeployment>| {
        let now = described(control, held);
        let (status, model) = (&input.status_equals, &input.model_arn_equals);
        status.as_ref().is_none_or(|status| *status == now.status)
            && model.as_ref().is_none_or(|arn| *arn == now.model_arn)
    };
    let page = control.list(context, listing, keep).await?;
    let summaries = page.items.iter().map(|held| summary(control, held));
    Ok(ListCustomModelDeploymentsOutput {
        model_deployment_summaries: Some(summaries.collect()),
        next_token: page.next_token,
    })
}

fn summary(control: &Control, held: &Held<CustomModelDeployment>) -> CustomModelDeploymentSummary {
    let now = described(control, held);
    CustomModelDeploymentSummary {
        created_at: held.created_at(),
        custom_model_deployment_arn: held.arn(),
        custom_model_deployment_name: held.name().to_owned(),
        failure_message: now.failure_message,
        last_updated_at: Some(held.updated_at()),
        model_arn: now.model_arn,
        status: now.status,
    }
}
