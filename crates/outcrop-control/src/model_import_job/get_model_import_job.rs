//! `GetModelImportJob`: one, by its name or ARN.

use bedrock_smithy::{
    error::GetModelImportJobError, input::GetModelImportJobInput, output::GetModelImportJobOutput,
};

use super::{ModelImportJob, described};
use crate::{Control, context::Context, resource::reference::kms_key_arn};

pub(crate) async fn get_model_import_job(
    control: &Control,
    input: GetModelImportJobInput,
    context: &Context,
) -> Result<GetModelImportJobOutput, GetModelImportJobError> {
    control.settle::<ModelImportJob>(&context.scope()).await?;
    let held = control
        .find_by_name::<ModelImportJob>(context, &input.job_identifier)
        .await?;
    let request = held.request()?;
    let described = described(&held);
    let key = request.imported_model_kms_key_id;
    Ok(GetModelImportJobOutput {
        creation_time: Some(held.created_at()),
        end_time: described.end_time,
        failure_message: described.failure,
        imported_model_arn: described.model_arn,
        imported_model_kms_key_arn: key.map(|key| kms_key_arn(context, &key)),
        imported_model_name: Some(request.imported_model_name),
        job_arn: Some(held.arn()),
        job_name: Some(request.job_name),
        last_modified_time: Some(described.last_modified),
        model_data_source: Some(request.model_data_source),
        role_arn: Some(request.role_arn),
        status: Some(described.status),
        vpc_config: request.vpc_config,
    })
}
