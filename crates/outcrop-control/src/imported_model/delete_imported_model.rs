//! `DeleteImportedModel`: deletes one, whose name is free then. The job that made it stays.

use bedrock_smithy::{
    error::DeleteImportedModelError, input::DeleteImportedModelInput,
    output::DeleteImportedModelOutput,
};

use super::ImportedModel;
use crate::{
    Control,
    context::Context,
    model_import_job::ModelImportJob,
    resource::{Resource, release},
};

pub(crate) async fn delete_imported_model(
    control: &Control,
    input: DeleteImportedModelInput,
    context: &Context,
) -> Result<DeleteImportedModelOutput, DeleteImportedModelError> {
    control.settle::<ModelImportJob>(&context.scope()).await?;
    let held = control
        .find_by_name::<ImportedModel>(context, &input.model_identifier)
        .await?;
    let name = release(held.scope(), ImportedModel::KIND, held.name());
    control.apply(vec![held.deleted(), name], "").await?;
    Ok(DeleteImportedModelOutput {})
}
