//! `CreateGuardrail`: makes the draft of a guardrail.

use bedrock_smithy::{
    error::CreateGuardrailError, input::CreateGuardrailInput, output::CreateGuardrailOutput,
};

use super::{DRAFT, Guardrail, State, policy, policy_use};
use crate::{
    Control,
    context::Context,
    resource::{New, id12},
};

pub(crate) async fn create_guardrail(
    control: &Control,
    input: CreateGuardrailInput,
    context: &Context,
) -> Result<CreateGuardrailOutput, CreateGuardrailError> {
    policy::check(control, context, &input).await?;
    let id = id12();
    let new = New::<Guardrail> {
        name_taken: Some(super::name_taken(&input.name)),
        tags: input.tags.as_deref(),
        token: input.client_request_token.as_deref(),
        with: policy_use::begun(control, context, &id, &input).await?,
        ..New::of(id, &input.name, State::default())
    };
    let held = control.create(context, new).await?;
    Ok(CreateGuardrailOutput {
        created_at: held.created_at(),
        guardrail_arn: held.arn(),
        guardrail_id: held.id().to_owned(),
        version: DRAFT.to_owned(),
    })
}
