//! `GetImportedModel`: one, by its name or ARN.

use bedrock_smithy::{
    error::GetImportedModelError, input::GetImportedModelInput, model::CustomModelUnits,
    output::GetImportedModelOutput,
};

use super::ImportedModel;
use crate::{
    Control, context::Context, model_import_job::ModelImportJob, resource::reference::kms_key_arn,
};

pub(crate) async fn get_imported_model(
    control: &Control,
    input: GetImportedModelInput,
    context: &Context,
) -> Result<GetImportedModelOutput, GetImportedModelError> {
    control.settle::<ModelImportJob>(&context.scope()).await?;
    let held = control
        .find_by_name::<ImportedModel>(context, &input.model_identifier)
        .await?;
    let request = held.request()?;
    let key = request.imported_model_kms_key_id;
    Ok(GetImportedModelOutput {
        creation_time: Some(held.created_at()),
        custom_model_units: Some(CustomModelUnits {
            custom_model_units_per_model_copy: Some(held.state.units),
            custom_model_units_version: Some("v1.0".to_owned()),
        }),
        instruct_supported: Some(held.state.instruct_supported),
        job_arn: Some(held.state.job_arn.clone()),
        job_name: Some(request.job_name),
        model_architecture: Some(held.state.architecture.clone()),
        model_arn: Some(held.arn()),
        model_data_source: Some(request.model_data_source),
        model_kms_key_arn: key.map(|key| kms_key_arn(context, &key)),
        model_name: Some(held.name().to_owned()),
    })
}
