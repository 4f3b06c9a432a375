//! `CreateInferenceProfile`: a profile of an application's own, for a model or a system-defined profile.

use bedrock_smithy::{
    error::CreateInferenceProfileError,
    input::CreateInferenceProfileInput,
    model::{InferenceProfileModelSource, InferenceProfileStatus},
    output::CreateInferenceProfileOutput,
};
use outcrop_catalogue::{Arn, ResolveError, Resource, Via};

use super::{ApplicationInferenceProfile, State};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{New, id12},
};

pub(crate) async fn create_inference_profile(
    control: &Control,
    input: CreateInferenceProfileInput,
    context: &Context,
) -> Result<CreateInferenceProfileOutput, CreateInferenceProfileError> {
    let InferenceProfileModelSource::CopyFrom(source) = &input.model_source;
    let new = New::<ApplicationInferenceProfile> {
        tags: input.tags.as_deref(),
        token: input.client_request_token.as_deref(),
        ..New::of(
            id12(),
            &input.inference_profile_name,
            copied(control, context, source)?,
        )
    };
    let held = control.create(context, new).await?;
    Ok(CreateInferenceProfileOutput {
        inference_profile_arn: held.arn(),
        status: Some(InferenceProfileStatus::Active),
    })
}

/// What a profile with this source routes to.
fn copied(control: &Control, context: &Context, source: &str) -> Result<State, ControlError> {
    let region = &context.caller.region;
    let resolved = control
        .catalogue
        .resolve(source, context.caller.known_region())
        .map_err(|error| refusal(source, error))?;
    let models = match resolved.via {
        Via::Model if !resolved.model.on_demand() => return Err(invalid_source()),
        Via::Profile(profile) => profile.model_arns(region),
        Via::Model | Via::Resource => vec![resolved.model.arn(region)],
    };
    Ok(State {
        base_model: resolved.model.id.clone(),
        models,
        routers: 0,
    })
}

fn refusal(source: &str, error: ResolveError) -> ControlError {
    let of_model = matches!(
        Arn::parse(source).map(|arn| arn.resource),
        Some(Resource::FoundationModel(_))
    );
    match error {
        ResolveError::EndOfLife => error.into(),
        ResolveError::Unknown if of_model => invalid_source(),
        ResolveError::Unknown => ControlError::ProfileNotFound,
    }
}

/// Quoted by users whose model could not be had in one region.
fn invalid_source() -> ControlError {
    ControlError::Validation(
        "copyFrom must be a valid inference profile model source ARN.".to_owned(),
    )
}
