//! `GetModelCustomizationJob`: one, by its name or ARN.

use bedrock_smithy::{
    error::GetModelCustomizationJobError, input::GetModelCustomizationJobInput,
    model::ValidationDataConfig, output::GetModelCustomizationJobOutput,
};

use super::{customization_type, find, model_arn, progress, status};
use crate::{
    Control,
    clock::date_time,
    context::Context,
    custom_model::{foundation_model_arn, metrics},
    resource::JobPhase,
};

pub(crate) async fn get_model_customization_job(
    control: &Control,
    input: GetModelCustomizationJobInput,
    context: &Context,
) -> Result<GetModelCustomizationJobOutput, GetModelCustomizationJobError> {
    let held = find(control, context, &input.job_identifier).await?;
    let request = held.request()?;
    let phase = held.state.course.phase();
    let completed = matches!(phase, JobPhase::Completed(_));
    let validation = request.validation_data_config.clone();
    let validation = validation.unwrap_or(ValidationDataConfig {
        validators: Vec::new(),
    });
    let validators = validation.validators.len();
    Ok(GetModelCustomizationJobOutput {
        base_model_arn: foundation_model_arn(held.scope(), &held.state.base_model),
        creation_time: held.created_at(),
        customization_type: Some(customization_type(&request)),
        status_details: progress::details(control, &held, &request),
        client_request_token: request.client_request_token,
        customization_config: request.customization_config,
        end_time: phase.ended_at().map(date_time),
        hyper_parameters: request.hyper_parameters,
        job_arn: held.arn(),
        job_name: held.name().to_owned(),
        last_modified_time: Some(held.updated_at()),
        output_data_config: request.output_data_config,
        output_model_arn: model_arn(&held),
        output_model_kms_key_arn: held.state.kms_key_arn.clone(),
        output_model_name: request.custom_model_name,
        role_arn: request.role_arn,
        status: Some(status(&phase)),
        training_data_config: request.training_data_config,
        training_metrics: completed.then(|| metrics::training(held.id())),
        validation_data_config: validation,
        validation_metrics: completed.then(|| metrics::validation(held.id(), validators)),
        vpc_config: request.vpc_config,
        failure_message: match phase {
            JobPhase::Failed(_, reason) => Some(reason),
            _ => None,
        },
    })
}
