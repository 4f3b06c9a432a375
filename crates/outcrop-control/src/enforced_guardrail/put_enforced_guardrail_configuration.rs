//! `PutEnforcedGuardrailConfiguration`: enforces a version of a guardrail, or another one.

use bedrock_smithy::{
    error::PutEnforcedGuardrailConfigurationError, input::PutEnforcedGuardrailConfigurationInput,
    model::ModelEnforcement, output::PutEnforcedGuardrailConfigurationOutput,
};
use outcrop_store::Write;

use super::{EnforcedGuardrailConfiguration, State, of, principal};
use crate::{
    Control,
    clock::date_time,
    context::Context,
    error::ControlError,
    guardrail,
    resource::{Held, New, Resource, id12, retried},
};

/// The word that stands for all models.
const ALL: &str = "ALL";

pub(crate) async fn put_enforced_guardrail_configuration(
    control: &Control,
    input: PutEnforcedGuardrailConfigurationInput,
    context: &Context,
) -> Result<PutEnforcedGuardrailConfigurationOutput, PutEnforcedGuardrailConfigurationError> {
    if let Some(models) = &input.guardrail_inference_config.model_enforcement {
        known(control, context, models)?;
    }
    let output = retried(|| put(control, context, &input)).await?;
    control.enforcements.note();
    Ok(output)
}

async fn put(
    control: &Control,
    context: &Context,
    input: &PutEnforcedGuardrailConfigurationInput,
) -> Result<PutEnforcedGuardrailConfigurationOutput, ControlError> {
    let config = &input.guardrail_inference_config;
    let draft = guardrail::draft(control, context, &config.guardrail_identifier).await?;
    let number = &config.guardrail_version;
    let version = guardrail::version(control, context, &draft, number).await?;
    let state = State {
        guardrail_id: draft.id().to_owned(),
        guardrail_version: version.number().to_owned(),
    };
    // Changed along, so that the version is not deleted meanwhile.
    let updated = draft.updated_nanos();
    let with = draft.replaced(updated)?;
    match (&input.config_id, of(control, context).await?) {
        (None, None) => create(control, context, state, with).await,
        (Some(id), Some(held)) if *id == held.id() => {
            replace(control, context, held, state, with).await
        }
        (Some(id), _) => Err(ControlError::NotFound(
            EnforcedGuardrailConfiguration::not_found(id),
        )),
        (None, Some(held)) => Err(ControlError::Conflict(there_is(held.id()))),
    }
}

async fn create(
    control: &Control,
    context: &Context,
    state: State,
    with: Write,
) -> Result<PutEnforcedGuardrailConfigurationOutput, ControlError> {
    // One name for all keeps a second one out.
    let new = New::<EnforcedGuardrailConfiguration> {
        name_taken: Some(there_is("of another request")),
        with: vec![with],
        ..New::of(id12(), "account", state)
    };
    let held = control.create(context, new).await?;
    Ok(output(context, held.id(), held.updated_nanos()))
}

async fn replace(
    control: &Control,
    context: &Context,
    mut held: Held<EnforcedGuardrailConfiguration>,
    state: State,
    with: Write,
) -> Result<PutEnforcedGuardrailConfigurationOutput, ControlError> {
    held.set_request(context)?;
    held.state = state;
    let now = control.now();
    let output = output(context, held.id(), now);
    control.apply(vec![held.replaced(now)?, with], "").await?;
    Ok(output)
}

fn output(context: &Context, id: &str, updated: i64) -> PutEnforcedGuardrailConfigurationOutput {
    PutEnforcedGuardrailConfigurationOutput {
        config_id: Some(id.to_owned()),
        updated_at: Some(date_time(updated)),
        updated_by: Some(principal(&context.scope())),
    }
}

/// What to say of a second configuration. The text is ours.
fn there_is(id: &str) -> String {
    format!(
        "The account has the enforced guardrail configuration {id} already. Give its configId to change it, or delete it first."
    )
}

fn known(
    control: &Control,
    context: &Context,
    models: &ModelEnforcement,
) -> Result<(), ControlError> {
    let included = models.included_models.iter().filter(|model| *model != ALL);
    for model in included.chain(&models.excluded_models) {
        control.foundation_model(context, model)?;
    }
    Ok(())
}
