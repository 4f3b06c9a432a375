//! `GetModelCopyJob`: one, by its ARN.

use bedrock_smithy::{
    error::GetModelCopyJobError, input::GetModelCopyJobInput, output::GetModelCopyJobOutput,
};

use super::{ModelCopyJob, summary};
use crate::{Control, context::Context, custom_model};

pub(crate) async fn get_model_copy_job(
    control: &Control,
    input: GetModelCopyJobInput,
    context: &Context,
) -> Result<GetModelCopyJobOutput, GetModelCopyJobError> {
    custom_model::settle(control, &context.scope()).await?;
    let held = control
        .find::<ModelCopyJob>(context, &input.job_arn)
        .await?;
    let job = summary(&held)?;
    Ok(GetModelCopyJobOutput {
        creation_time: job.creation_time,
        failure_message: job.failure_message,
        job_arn: job.job_arn,
        source_account_id: job.source_account_id,
        source_model_arn: job.source_model_arn,
        source_model_name: job.source_model_name,
        status: job.status,
        target_model_arn: job.target_model_arn,
        target_model_kms_key_arn: job.target_model_kms_key_arn,
        target_model_name: job.target_model_name,
        target_model_tags: job.target_model_tags,
    })
}
