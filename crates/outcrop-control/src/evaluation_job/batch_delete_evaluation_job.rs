//! `BatchDeleteEvaluationJob`: deletes jobs that are over, and says of each other one why not.

use bedrock_smithy::{
    error::BatchDeleteEvaluationJobError,
    input::BatchDeleteEvaluationJobInput,
    model::{
        BatchDeleteEvaluationJobError as Undeleted, BatchDeleteEvaluationJobItem,
        EvaluationJobStatus,
    },
    output::BatchDeleteEvaluationJobOutput,
};

use super::{EvaluationJob, progress};
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn batch_delete_evaluation_job(
    control: &Control,
    input: BatchDeleteEvaluationJobInput,
    context: &Context,
) -> Result<BatchDeleteEvaluationJobOutput, BatchDeleteEvaluationJobError> {
    control.sweep::<EvaluationJob>(context).await?;
    let (mut errors, mut evaluation_jobs) = (Vec::new(), Vec::new());
    for job_identifier in input.job_identifiers {
        match delete(control, context, &job_identifier).await {
            Ok(()) => evaluation_jobs.push(BatchDeleteEvaluationJobItem {
                job_identifier,
                job_status: EvaluationJobStatus::Deleting,
            }),
            Err(error @ ControlError::Store) => return Err(error.into()),
            Err(error) => errors.push(Undeleted {
                // "A HTTP status code" (documentation of the member).
                code: error.exception().status().to_string(),
                job_identifier,
                message: Some(error.to_string()),
            }),
        }
    }
    Ok(BatchDeleteEvaluationJobOutput {
        errors,
        evaluation_jobs,
    })
}

async fn delete(
    control: &Control,
    context: &Context,
    identifier: &str,
) -> Result<(), ControlError> {
    let held = control
        .find_present::<EvaluationJob>(context, identifier)
        .await?;
    match progress(control, &held).status {
        EvaluationJobStatus::Completed
        | EvaluationJobStatus::Failed
        | EvaluationJobStatus::Stopped => control.begin_deletion(held).await,
        // The rule is documented; the text is ours.
        status => Err(ControlError::Conflict(format!(
            "The evaluation job {identifier} can't be deleted, because it is {}. Only a job that is Completed, Failed or \
             Stopped can be deleted.",
            status.as_str()
        ))),
    }
}
