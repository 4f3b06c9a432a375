//! `CreateGuardrailVersion`: a snapshot of the draft, under the next number.

use bedrock_smithy::{
    error::CreateGuardrailVersionError, input::CreateGuardrailVersionInput, model::GuardrailStatus,
    output::CreateGuardrailVersionOutput,
};

use super::{
    Guardrail, busy, draft,
    find::versions,
    policy_use,
    status::of_draft,
    version::{self, GuardrailVersion},
};
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, New, retried},
};

/// Versions that a guardrail can have (the service quota "Versions per guardrail").
const MOST: usize = 20;

pub(crate) async fn create_guardrail_version(
    control: &Control,
    input: CreateGuardrailVersionInput,
    context: &Context,
) -> Result<CreateGuardrailVersionOutput, CreateGuardrailVersionError> {
    let made = retried(|| create(control, context, &input)).await?;
    Ok(CreateGuardrailVersionOutput {
        guardrail_id: made.parent().unwrap_or_default().to_owned(),
        version: made.number().to_owned(),
    })
}

async fn create(
    control: &Control,
    context: &Context,
    input: &CreateGuardrailVersionInput,
) -> Result<Held<GuardrailVersion>, ControlError> {
    let mut draft = draft(control, context, &input.guardrail_identifier).await?;
    let token = input.client_request_token.as_deref();
    if !made_before(control, context, &draft, token).await? {
        allowed(control, &draft)?;
    }
    let (id, updated) = (draft.id().to_owned(), draft.updated_nanos());
    draft.state.last_version += 1;
    draft.state.versioned_at = Some(control.now());
    let state = version::State {
        snapshot: draft.request_text(),
        deleting_since: None,
    };
    // A token is used up for one guardrail: the body, which is compared, does not name it.
    let token = token.map(|token| format!("{id}:{token}"));
    let number = draft.state.last_version.to_string();
    let version = version::id(&id, &number);
    let mut with = policy_use::begun(control, context, &version, &draft.request()?).await?;
    with.push(draft.replaced(updated)?);
    let new = New::<GuardrailVersion> {
        parent: Some(id),
        token: token.as_deref(),
        with,
        ..New::of(version, "", state)
    };
    control.create(context, new).await
}

/// Whether a version came from a request with the same token, and if not, whether there is room for another.
async fn made_before(
    control: &Control,
    context: &Context,
    draft: &Held<Guardrail>,
    token: Option<&str>,
) -> Result<bool, ControlError> {
    let (there, _gone) = versions(control, context, draft).await?;
    for held in there.iter().filter(|_| token.is_some()) {
        if held.request()?.client_request_token.as_deref() == token {
            return Ok(true);
        }
    }
    if there.len() >= MOST {
        // The text is ours.
        return Err(ControlError::Quota(format!(
            "The guardrail {} has {MOST} versions, as many as it can have. Delete a version, and try again.",
            draft.id()
        )));
    }
    Ok(false)
}

/// Whether the draft is in a state that a snapshot can be made of.
fn allowed(control: &Control, draft: &Held<Guardrail>) -> Result<(), ControlError> {
    use GuardrailStatus::{Creating, Deleting, Failed, Updating};
    match of_draft(control, draft) {
        Some((status @ (Creating | Updating | Failed | Deleting), _)) => {
            Err(ControlError::Conflict(busy(draft, status)))
        }
        _ => Ok(()),
    }
}
