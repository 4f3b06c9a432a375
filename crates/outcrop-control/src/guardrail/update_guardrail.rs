//! `UpdateGuardrail`: puts another configuration in the place of the draft's.

use bedrock_smithy::{
    error::UpdateGuardrailError,
    input::{CreateGuardrailInput, UpdateGuardrailInput},
    model::GuardrailStatus,
    output::UpdateGuardrailOutput,
};

use super::{DRAFT, Guardrail, busy, draft, name_taken, policy, policy_use, status::of_draft};
use crate::{
    Control,
    clock::date_time,
    context::Context,
    error::ControlError,
    resource::{Held, retried},
};

pub(crate) async fn update_guardrail(
    control: &Control,
    input: UpdateGuardrailInput,
    context: &Context,
) -> Result<UpdateGuardrailOutput, UpdateGuardrailError> {
    let identifier = input.guardrail_identifier.clone();
    let request = as_creation(input);
    policy::check(control, context, &request).await?;
    Ok(retried(|| update(control, context, &identifier, &request)).await?)
}

async fn update(
    control: &Control,
    context: &Context,
    identifier: &str,
    request: &CreateGuardrailInput,
) -> Result<UpdateGuardrailOutput, ControlError> {
    let mut held = draft(control, context, identifier).await?;
    settled(control, &held)?;
    let id = held.id().to_owned();
    let mut writes = policy_use::ended(control, held.scope(), &id, &held.request()?).await?;
    writes.extend(policy_use::begun(control, context, &id, request).await?);
    held.set_request(context)?;
    held.rename(&request.name);
    let now = control.now();
    let output = UpdateGuardrailOutput {
        guardrail_arn: held.arn(),
        guardrail_id: held.id().to_owned(),
        updated_at: date_time(now),
        version: DRAFT.to_owned(),
    };
    writes.push(held.replaced(now)?);
    control.apply(writes, &name_taken(&request.name)).await?;
    Ok(output)
}

/// Whether the draft is in a state that it can be changed in.
fn settled(control: &Control, held: &Held<Guardrail>) -> Result<(), ControlError> {
    match of_draft(control, held) {
        Some((GuardrailStatus::Ready | GuardrailStatus::Failed, _)) | None => Ok(()),
        Some((status, _)) => Err(ControlError::Conflict(busy(held, status))),
    }
}

/// The update as the creation of what it makes.
fn as_creation(input: UpdateGuardrailInput) -> CreateGuardrailInput {
    CreateGuardrailInput {
        automated_reasoning_policy_config: input.automated_reasoning_policy_config,
        blocked_input_messaging: input.blocked_input_messaging,
        blocked_outputs_messaging: input.blocked_outputs_messaging,
        client_request_token: None,
        content_policy_config: input.content_policy_config,
        contextual_grounding_policy_config: input.contextual_grounding_policy_config,
        cross_region_config: input.cross_region_config,
        description: input.description,
        kms_key_id: input.kms_key_id,
        name: input.name,
        sensitive_information_policy_config: input.sensitive_information_policy_config,
        tags: None,
        topic_policy_config: input.topic_policy_config,
        word_policy_config: input.word_policy_config,
    }
}
