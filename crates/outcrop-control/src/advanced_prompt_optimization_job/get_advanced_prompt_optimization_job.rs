//! `GetAdvancedPromptOptimizationJob`: one, by its id or ARN.

use bedrock_smithy::{
    error::GetAdvancedPromptOptimizationJobError, input::GetAdvancedPromptOptimizationJobInput,
    output::GetAdvancedPromptOptimizationJobOutput,
};

use super::{AdvancedPromptOptimizationJob, progress};
use crate::{Control, context::Context};

pub(crate) async fn get_advanced_prompt_optimization_job(
    control: &Control,
    input: GetAdvancedPromptOptimizationJobInput,
    context: &Context,
) -> Result<GetAdvancedPromptOptimizationJobOutput, GetAdvancedPromptOptimizationJobError> {
    let held = control
        .find_present::<AdvancedPromptOptimizationJob>(context, &input.job_identifier)
        .await?;
    let request = held.request()?;
    let progress = progress(control, &held);
    Ok(GetAdvancedPromptOptimizationJobOutput {
        creation_time: held.created_at(),
        encryption_key_arn: request.encryption_key_arn,
        failure_message: progress.failure,
        input_config: request.input_config,
        job_arn: held.arn(),
        job_description: request.job_description,
        job_name: request.job_name,
        job_status: progress.status,
        last_modified_time: Some(progress.last_modified),
        model_configurations: request.model_configurations,
        output_config: request.output_config,
    })
}
