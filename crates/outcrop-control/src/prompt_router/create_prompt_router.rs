//! `CreatePromptRouter`: a router between models of one family.

use std::collections::BTreeMap;

use bedrock_smithy::{
    error::CreatePromptRouterError, input::CreatePromptRouterInput,
    output::CreatePromptRouterOutput,
};
use outcrop_catalogue::{Located, Resource as Kind};
use outcrop_store::Write;

use super::{PromptRouter, State, Target};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    inference_profile::ApplicationInferenceProfile,
    resource::{Held, New, id12},
};

/// The application inference profiles that a router routes to, by their ids.
type Profiles = BTreeMap<String, Held<ApplicationInferenceProfile>>;

pub(crate) async fn create_prompt_router(
    control: &Control,
    input: CreatePromptRouterInput,
    context: &Context,
) -> Result<CreatePromptRouterOutput, CreatePromptRouterError> {
    let mut profiles = Profiles::new();
    let mut models = Vec::new();
    for model in &input.models {
        models.push(target(control, context, &model.model_arn, &mut profiles).await?);
    }
    let arn = &input.fallback_model.model_arn;
    let fallback = target(control, context, arn, &mut profiles).await?;
    let state = State { models, fallback };
    can_be_routed(control, &state)?;
    let name = &input.prompt_router_name;
    let new = New::<PromptRouter> {
        name_taken: Some(format!(
            "The prompt router name {name} is already in use. Choose another name, and try again."
        )),
        tags: input.tags.as_deref(),
        token: input.client_request_token.as_deref(),
        with: used(profiles)?,
        ..New::of(id12(), name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreatePromptRouterOutput {
        prompt_router_arn: Some(held.arn()),
    })
}

/// The model that an ARN names.
async fn target(
    control: &Control,
    context: &Context,
    arn: &str,
    profiles: &mut Profiles,
) -> Result<Target, ControlError> {
    let region = context.caller.known_region();
    let base_model = match control.catalogue.locate(arn, region)? {
        Located::Model(resolved) => resolved.model.id.clone(),
        Located::Resource(located) => {
            let Kind::ApplicationInferenceProfile(_) = located.resource else {
                return Err(outcrop_catalogue::ResolveError::Unknown.into());
            };
            let held = control
                .find::<ApplicationInferenceProfile>(context, arn)
                .await?;
            let base_model = held.state.base_model.clone();
            profiles.insert(held.id().to_owned(), held);
            base_model
        }
    };
    Ok(Target {
        arn: arn.to_owned(),
        base_model,
    })
}

/// Two models of one family (the user guide); the texts are ours.
fn can_be_routed(control: &Control, state: &State) -> Result<(), ControlError> {
    let refused = |message: &str| Err(ControlError::Validation(message.to_owned()));
    let State { models, fallback } = state;
    if models.is_empty() {
        return refused("Provide at least one model in models, and try again.");
    }
    if state.other() == fallback {
        return refused(
            "The models of a prompt router can't all be its fallbackModel. Provide another model in models, and try again.",
        );
    }
    let provider = |target: &Target| {
        let model = control.catalogue.model(&target.base_model);
        model.map(|model| model.provider.clone())
    };
    if models
        .iter()
        .any(|target| provider(target) != provider(fallback))
    {
        return refused(
            "The models and the fallbackModel of a prompt router have to be of one model family. Choose other models, and try again.",
        );
    }
    Ok(())
}

/// The writes that keep profiles from being deleted while a router needs them.
fn used(profiles: Profiles) -> Result<Vec<Write>, ControlError> {
    let used = profiles.into_values().map(|mut held| {
        held.state.routers += 1;
        let changed = held.updated_nanos();
        held.replaced(changed)
    });
    used.collect()
}
