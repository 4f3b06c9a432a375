//! `GetEvaluationJob`: one, by its ARN.

use bedrock_smithy::{
    error::GetEvaluationJobError, input::GetEvaluationJobInput, output::GetEvaluationJobOutput,
};

use super::{EvaluationJob, described, progress};
use crate::{Control, context::Context, resource::reference::kms_key_arn};

pub(crate) async fn get_evaluation_job(
    control: &Control,
    input: GetEvaluationJobInput,
    context: &Context,
) -> Result<GetEvaluationJobOutput, GetEvaluationJobError> {
    let held = control
        .find_present::<EvaluationJob>(context, &input.job_identifier)
        .await?;
    let request = held.request()?;
    let (described, progress) = (described(&request), progress(control, &held));
    let key = request.customer_encryption_key_id;
    Ok(GetEvaluationJobOutput {
        application_type: Some(described.application_type),
        creation_time: held.created_at(),
        customer_encryption_key_id: key.map(|key| kms_key_arn(context, &key)),
        evaluation_config: request.evaluation_config,
        failure_messages: progress.failure.map(|reason| vec![reason]),
        inference_config: request.inference_config,
        job_arn: held.arn(),
        job_description: request.job_description,
        job_name: request.job_name,
        job_type: described.job_type,
        last_modified_time: Some(progress.last_modified),
        output_data_config: request.output_data_config,
        role_arn: request.role_arn,
        status: progress.status,
    })
}
