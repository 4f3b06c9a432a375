//! `GetCustomModel`: one, by its name or ARN.

use bedrock_smithy::{
    error::GetCustomModelError, input::GetCustomModelInput, output::GetCustomModelOutput,
};

use super::{Origin, customization_type, find, metrics, status};
use crate::{Control, context::Context};

pub(crate) async fn get_custom_model(
    control: &Control,
    input: GetCustomModelInput,
    context: &Context,
) -> Result<GetCustomModelOutput, GetCustomModelError> {
    let held = find(control, context, &input.model_identifier).await?;
    let (status, failure_message) = status(control, &held);
    let origin = held.request()?;
    let (job_arn, job_name) = held.state.job.clone().unzip();
    let mut output = GetCustomModelOutput {
        base_model_arn: Some(held.state.base_model_arn.clone()),
        creation_time: held.created_at(),
        customization_config: None,
        customization_type: Some(customization_type(&origin)),
        failure_message,
        hyper_parameters: None,
        job_arn,
        job_name,
        model_arn: held.arn(),
        model_kms_key_arn: held.state.kms_key_arn.clone(),
        model_name: held.name().to_owned(),
        model_status: Some(status),
        output_data_config: None,
        training_data_config: None,
        training_metrics: None,
        validation_data_config: None,
        validation_metrics: None,
    };
    if let Origin::Trained(request) = origin {
        let job = held.state.trained_by.as_deref().unwrap_or_default();
        let validators = request.validation_data_config.as_ref();
        let validators = validators.map_or(0, |config| config.validators.len());
        output.customization_config = request.customization_config;
        output.hyper_parameters = request.hyper_parameters;
        output.output_data_config = Some(request.output_data_config);
        output.training_data_config = Some(request.training_data_config);
        output.training_metrics = Some(metrics::training(job));
        output.validation_data_config = request.validation_data_config;
        output.validation_metrics = Some(metrics::validation(job, validators));
    }
    Ok(output)
}
