//! `DeletePromptRouter`: takes a caller's router away.

use std::collections::BTreeMap;

use bedrock_smithy::{
    error::DeletePromptRouterError, input::DeletePromptRouterInput,
    output::DeletePromptRouterOutput,
};

use super::{PromptRouter, Router, find};
use crate::{
    Control, context::Context, error::ControlError, inference_profile::ApplicationInferenceProfile,
    resource::Held,
};

pub(crate) async fn delete_prompt_router(
    control: &Control,
    input: DeletePromptRouterInput,
    context: &Context,
) -> Result<DeletePromptRouterOutput, DeletePromptRouterError> {
    let arn = &input.prompt_router_arn;
    let Router::Custom(held) = find(control, context, arn).await? else {
        // The text is ours.
        return Err(ControlError::Validation(format!(
            "The prompt router {arn} is a default one and can't be deleted. Provide the ARN of a custom prompt router, and try \
             again."
        ))
        .into());
    };
    let mut writes = vec![held.deleted()];
    for mut profile in profiles(control, context, &held).await? {
        profile.state.routers = profile.state.routers.saturating_sub(1);
        let changed = profile.updated_nanos();
        writes.push(profile.replaced(changed)?);
    }
    control.apply(writes, "").await?;
    Ok(DeletePromptRouterOutput {})
}

/// The application inference profiles that it routes to.
async fn profiles(
    control: &Control,
    context: &Context,
    held: &Held<PromptRouter>,
) -> Result<Vec<Held<ApplicationInferenceProfile>>, ControlError> {
    let mut profiles = BTreeMap::new();
    let targets = held.state.models.iter().chain([&held.state.fallback]);
    for target in targets {
        let profile = control.look_up::<ApplicationInferenceProfile>(context, &target.arn);
        if let Some(profile) = profile.await? {
            profiles.insert(profile.id().to_owned(), profile);
        }
    }
    Ok(profiles.into_values().collect())
}
