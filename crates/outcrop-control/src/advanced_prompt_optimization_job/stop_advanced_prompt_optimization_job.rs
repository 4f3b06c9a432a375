//! `StopAdvancedPromptOptimizationJob`: stops a job that runs.

use bedrock_smithy::{
    error::StopAdvancedPromptOptimizationJobError, input::StopAdvancedPromptOptimizationJobInput,
    model::AdvancedPromptOptimizationJobStatus, output::StopAdvancedPromptOptimizationJobOutput,
};

use super::{AdvancedPromptOptimizationJob, progress};
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn stop_advanced_prompt_optimization_job(
    control: &Control,
    input: StopAdvancedPromptOptimizationJobInput,
    context: &Context,
) -> Result<StopAdvancedPromptOptimizationJobOutput, StopAdvancedPromptOptimizationJobError> {
    let mut held = control
        .find_present::<AdvancedPromptOptimizationJob>(context, &input.job_identifier)
        .await?;
    match progress(control, &held).status {
        AdvancedPromptOptimizationJobStatus::InProgress => {
            held.state.job.stop_requested_at = Some(control.now());
            control.replace(held).await?;
        }
        AdvancedPromptOptimizationJobStatus::Stopping => {}
        // No text of the service's is known.
        status => {
            return Err(ControlError::Conflict(format!(
                "The advanced prompt optimization job {} can't be stopped, because it is {}. Only a job that is InProgress \
                 can be stopped.",
                held.arn(),
                status.as_str()
            ))
            .into());
        }
    }
    Ok(StopAdvancedPromptOptimizationJobOutput {})
}
