//! `StopEvaluationJob`: stops a job that runs.

use bedrock_smithy::{
    error::StopEvaluationJobError, input::StopEvaluationJobInput, model::EvaluationJobStatus,
    output::StopEvaluationJobOutput,
};

use super::{EvaluationJob, progress};
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn stop_evaluation_job(
    control: &Control,
    input: StopEvaluationJobInput,
    context: &Context,
) -> Result<StopEvaluationJobOutput, StopEvaluationJobError> {
    let mut held = control
        .find_present::<EvaluationJob>(context, &input.job_identifier)
        .await?;
    match progress(control, &held).status {
        EvaluationJobStatus::InProgress => {
            held.state.job.stop_requested_at = Some(control.now());
            control.replace(held).await?;
        }
        EvaluationJobStatus::Stopping => {}
        // No text of the service's is known.
        status => {
            return Err(ControlError::Conflict(format!(
                "The evaluation job {} can't be stopped, because it is {}. Only a job that is InProgress can be stopped.",
                held.arn(),
                status.as_str()
            ))
            .into());
        }
    }
    Ok(StopEvaluationJobOutput {})
}
