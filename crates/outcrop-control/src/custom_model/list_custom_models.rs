//! `ListCustomModels`: the caller's, page by page.

use bedrock_smithy::{
    error::ListCustomModelsError, input::ListCustomModelsInput, model::CustomModelSummary,
    output::ListCustomModelsOutput,
};

use super::{CustomModel, arn_part, customization_type, foundation_model_arn, settle, status};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    page::PageRequest,
    resource::{Held, Listing},
};

pub(crate) async fn list_custom_models(
    control: &Control,
    input: ListCustomModelsInput,
    context: &Context,
) -> Result<ListCustomModelsOutput, ListCustomModelsError> {
    settle(control, &context.scope()).await?;
    let listing = Listing {
        filters: format!(
            "{:?}/{:?}/{:?}/{:?}",
            input.base_model_arn_equals,
            input.foundation_model_arn_equals,
            input.is_owned,
            input.model_status
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
    Ok(ListCustomModelsOutput {
        model_summaries: Some(summaries?),
        next_token: page.next_token,
    })
}

/// Whether the filters let a model through. All models are their account's own: nobody shares any.
fn passes(control: &Control, input: &ListCustomModelsInput, held: &Held<CustomModel>) -> bool {
    let super::State {
        base_model,
        base_model_arn,
        ..
    } = &held.state;
    let base = input.base_model_arn_equals.as_ref();
    let foundation = input.foundation_model_arn_equals.as_ref();
    input.is_owned != Some(false)
        && base.is_none_or(|arn| arn == base_model_arn)
        && foundation.is_none_or(|arn| *arn == foundation_model_arn(held.scope(), base_model))
        && input
            .model_status
            .as_ref()
            .is_none_or(|wanted| *wanted == status(control, held).0)
}

fn summary(
    control: &Control,
    held: &Held<CustomModel>,
) -> Result<CustomModelSummary, ControlError> {
    let base_model = arn_part(&held.state.base_model);
    // `ModelName` has no colons.
    let base_model_name = base_model.split(':').next().unwrap_or_default();
    Ok(CustomModelSummary {
        base_model_arn: held.state.base_model_arn.clone(),
        base_model_name: base_model_name.to_owned(),
        creation_time: held.created_at(),
        customization_type: Some(customization_type(&held.request()?)),
        model_arn: held.arn(),
        model_name: held.name().to_owned(),
        model_status: Some(status(control, held).0),
        owner_account_id: Some(held.scope().account.as_ref().to_owned()),
    })
}
