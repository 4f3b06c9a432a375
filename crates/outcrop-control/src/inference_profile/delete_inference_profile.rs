//! `DeleteInferenceProfile`: takes an application's profile away.

use bedrock_smithy::{
    error::DeleteInferenceProfileError, input::DeleteInferenceProfileInput,
    output::DeleteInferenceProfileOutput,
};

use super::{ApplicationInferenceProfile, get_inference_profile::system};
use crate::{Control, context::Context, error::ControlError};

/// The texts are ours.
pub(crate) async fn delete_inference_profile(
    control: &Control,
    input: DeleteInferenceProfileInput,
    context: &Context,
) -> Result<DeleteInferenceProfileOutput, DeleteInferenceProfileError> {
    let identifier = &input.inference_profile_identifier;
    if system(
        &control.catalogue,
        identifier,
        context.caller.known_region(),
    )
    .is_some()
    {
        return Err(ControlError::Validation(format!(
            "The inference profile {identifier} is defined by the system and can't be deleted. Provide the ID or ARN of an \
             application inference profile, and try again."
        ))
        .into());
    }
    let held = control
        .find::<ApplicationInferenceProfile>(context, identifier)
        .await?;
    if held.state.routers > 0 {
        return Err(ControlError::Conflict(format!(
            "The inference profile {} is used by {} prompt router(s). Delete them, and try again.",
            held.arn(),
            held.state.routers
        ))
        .into());
    }
    control.remove(&held).await?;
    Ok(DeleteInferenceProfileOutput {})
}
