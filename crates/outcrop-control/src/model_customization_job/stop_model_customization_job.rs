//! `StopModelCustomizationJob`: stops one that runs. It makes no model then.

use bedrock_smithy::{
    error::StopModelCustomizationJobError, input::StopModelCustomizationJobInput,
    output::StopModelCustomizationJobOutput,
};

use super::{find, status};
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn stop_model_customization_job(
    control: &Control,
    input: StopModelCustomizationJobInput,
    context: &Context,
) -> Result<StopModelCustomizationJobOutput, StopModelCustomizationJobError> {
    let mut held = find(control, context, &input.job_identifier).await?;
    let before = held.state.course.phase();
    if !held.state.course.stop(control.now()) {
        // The text is ours.
        return Err(ControlError::Conflict(format!(
            "The job {} is {}. Only a job that is InProgress can be stopped.",
            held.arn(),
            status(&before).as_str()
        ))
        .into());
    }
    control.replace(held).await?;
    Ok(StopModelCustomizationJobOutput {})
}
