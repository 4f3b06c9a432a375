//! `StopModelInvocationJob`: asks a job to stop. Its worker does.

use bedrock_smithy::{
    error::StopModelInvocationJobError, input::StopModelInvocationJobInput,
    output::StopModelInvocationJobOutput,
};

use super::{ModelInvocationJob, status};
use crate::{Control, context::Context, error::ControlError};

/// Tries of a change that the worker keeps getting ahead of.
const TRIES: usize = 8;

pub(crate) async fn stop_model_invocation_job(
    control: &Control,
    input: StopModelInvocationJobInput,
    context: &Context,
) -> Result<StopModelInvocationJobOutput, StopModelInvocationJobError> {
    for _ in 0..TRIES {
        match stop(control, context, &input.job_identifier).await {
            Err(ControlError::Busy) => {}
            settled => return Ok(settled.map(|()| StopModelInvocationJobOutput {})?),
        }
    }
    Err(ControlError::Busy.into())
}

/// No text of the service's is known.
async fn stop(control: &Control, context: &Context, job: &str) -> Result<(), ControlError> {
    let mut held = control.find::<ModelInvocationJob>(context, job).await?;
    let timeout = held.request()?.timeout_duration_in_hours;
    let status = status(&held, timeout, control.now());
    if held.state.ended_at.is_some() || status.as_str() == "Expired" {
        return Err(ControlError::Conflict(format!(
            "The batch inference job {} can't be stopped: its status is {}.",
            held.arn(),
            status.as_str()
        )));
    }
    if held.state.stop_requested {
        return Ok(());
    }
    held.state.stop_requested = true;
    control.replace(held).await
}
