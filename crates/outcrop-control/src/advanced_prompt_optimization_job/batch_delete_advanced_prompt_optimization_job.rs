//! `BatchDeleteAdvancedPromptOptimizationJob`: deletes jobs that are over, and says of each other one why not.

use bedrock_smithy::{
    error::BatchDeleteAdvancedPromptOptimizationJobError,
    input::BatchDeleteAdvancedPromptOptimizationJobInput,
    model::{
        AdvancedPromptOptimizationJobStatus,
        BatchDeleteAdvancedPromptOptimizationJobError as Undeleted,
        BatchDeleteAdvancedPromptOptimizationJobItem,
    },
    output::BatchDeleteAdvancedPromptOptimizationJobOutput,
};

use super::{AdvancedPromptOptimizationJob, progress};
use crate::{Control, context::Context, error::ControlError};

pub(crate) async fn batch_delete_advanced_prompt_optimization_job(
    control: &Control,
    input: BatchDeleteAdvancedPromptOptimizationJobInput,
    context: &Context,
) -> Result<
    BatchDeleteAdvancedPromptOptimizationJobOutput,
    BatchDeleteAdvancedPromptOptimizationJobError,
> {
    control
        .sweep::<AdvancedPromptOptimizationJob>(context)
        .await?;
    let (mut errors, mut deleted) = (Vec::new(), Vec::new());
    for job_identifier in input.job_identifiers {
        match delete(control, context, &job_identifier).await {
            Ok(()) => deleted.push(BatchDeleteAdvancedPromptOptimizationJobItem {
                job_identifier,
                job_status: AdvancedPromptOptimizationJobStatus::Deleting,
            }),
            Err(error @ ControlError::Store) => return Err(error.into()),
            Err(error) => errors.push(Undeleted {
                // "The error code" (documentation of the member), which none of its examples shows.
                code: error.exception().name().to_owned(),
                job_identifier,
                message: Some(error.to_string()),
            }),
        }
    }
    Ok(BatchDeleteAdvancedPromptOptimizationJobOutput {
        advanced_prompt_optimization_jobs: deleted,
        errors,
    })
}

async fn delete(
    control: &Control,
    context: &Context,
    identifier: &str,
) -> Result<(), ControlError> {
    let held = control
        .find_present::<AdvancedPromptOptimizationJob>(context, identifier)
        .await?;
    match progress(control, &held).status {
        AdvancedPromptOptimizationJobStatus::Completed
        | AdvancedPromptOptimizationJobStatus::Failed
        | AdvancedPromptOptimizationJobStatus::PartiallyCompleted
        | AdvancedPromptOptimizationJobStatus::Stopped => control.begin_deletion(held).await,
        // As for evaluation jobs, of which it is documented; the text is ours.
        status => Err(ControlError::Conflict(format!(
            "The advanced prompt optimization job {identifier} can't be deleted, because it is {}. Stop it, or wait until it \
             is over, and try again.",
            status.as_str()
        ))),
    }
}
