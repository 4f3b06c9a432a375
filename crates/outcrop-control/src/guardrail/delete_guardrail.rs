//! `DeleteGuardrail`: one version, or the guardrail with all of them.

use bedrock_smithy::{
    error::DeleteGuardrailError, input::DeleteGuardrailInput, output::DeleteGuardrailOutput,
};

use super::{
    draft,
    find::{removal, removal_of_version},
    version,
};
use crate::{
    Control, context::Context, enforced_guardrail, error::ControlError, resource::retried,
};

pub(crate) async fn delete_guardrail(
    control: &Control,
    input: DeleteGuardrailInput,
    context: &Context,
) -> Result<DeleteGuardrailOutput, DeleteGuardrailError> {
    let identifier = &input.guardrail_identifier;
    match &input.guardrail_version {
        Some(number) => retried(|| delete_version(control, context, identifier, number)).await?,
        None => retried(|| delete_all(control, context, identifier)).await?,
    }
    Ok(DeleteGuardrailOutput {})
}

async fn delete_all(
    control: &Control,
    context: &Context,
    identifier: &str,
) -> Result<(), ControlError> {
    let mut held = draft(control, context, identifier).await?;
    unused(control, context, held.id(), None).await?;
    if held.state.deleting_since.is_some() {
        return Ok(());
    }
    let writes = if control.pace.is_zero() {
        removal(control, context, &held).await?
    } else {
        held.state.deleting_since = Some(control.now());
        held.release_name();
        let updated = held.updated_nanos();
        vec![held.replaced(updated)?]
    };
    control.apply(writes, "").await
}

async fn delete_version(
    control: &Control,
    context: &Context,
    identifier: &str,
    number: &str,
) -> Result<(), ControlError> {
    let draft = draft(control, context, identifier).await?;
    let mut held = version(control, context, &draft, number).await?;
    unused(control, context, draft.id(), Some(number)).await?;
    if held.state.deleting_since.is_some() {
        return Ok(());
    }
    let mut writes = if control.pace.is_zero() {
        removal_of_version(control, &held).await?
    } else {
        held.state.deleting_since = Some(control.now());
        let updated = held.updated_nanos();
        vec![held.replaced(updated)?]
    };
    // Changed along, so that the version is not put to use meanwhile.
    let updated = draft.updated_nanos();
    writes.push(draft.replaced(updated)?);
    control.apply(writes, "").await
}

/// Whether no enforced configuration needs the version, or any. The text is ours.
async fn unused(
    control: &Control,
    context: &Context,
    id: &str,
    number: Option<&str>,
) -> Result<(), ControlError> {
    match enforced_guardrail::of(control, context).await? {
        Some(held) if held.state.is_for(id, number) => Err(ControlError::Conflict(format!(
            "The guardrail {id} is in use by the enforced guardrail configuration {}. Delete the configuration first.",
            held.id()
        ))),
        _ => Ok(()),
    }
}
