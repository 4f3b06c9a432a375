//! `CreateAdvancedPromptOptimizationJob`: makes prompt templates better for up to five models.

use bedrock_smithy::{
    error::CreateAdvancedPromptOptimizationJobError,
    input::CreateAdvancedPromptOptimizationJobInput,
    output::CreateAdvancedPromptOptimizationJobOutput,
};

use super::{AdvancedPromptOptimizationJob, State};
use crate::{
    Control,
    context::Context,
    resource::{New, id12, reference::check_kms_key},
};

pub(crate) async fn create_advanced_prompt_optimization_job(
    control: &Control,
    input: CreateAdvancedPromptOptimizationJobInput,
    context: &Context,
) -> Result<CreateAdvancedPromptOptimizationJobOutput, CreateAdvancedPromptOptimizationJobError> {
    check_kms_key(context, input.encryption_key_arn.as_deref())?;
    control.settle_all(&context.scope()).await?;
    for configuration in &input.model_configurations {
        control
            .check_model(context, &configuration.model_id)
            .await?;
    }
    // Jobs are found by their ids and ARNs only, and may share names.
    let new = New::<AdvancedPromptOptimizationJob> {
        tags: input.tags.as_deref(),
        token: input.client_token.as_deref(),
        ..New::of(id12(), &input.job_name, State::default())
    };
    let held = control.create(context, new).await?;
    Ok(CreateAdvancedPromptOptimizationJobOutput {
        job_arn: held.arn(),
    })
}
