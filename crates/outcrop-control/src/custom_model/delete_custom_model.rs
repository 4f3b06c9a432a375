//! `DeleteCustomModel`: deletes one that nothing uses.

use bedrock_smithy::{
    error::DeleteCustomModelError, input::DeleteCustomModelInput, output::DeleteCustomModelOutput,
};

use super::{CustomModel, find};
use crate::{
    Control,
    context::Context,
    resource::{Resource, release},
};

pub(crate) async fn delete_custom_model(
    control: &Control,
    input: DeleteCustomModelInput,
    context: &Context,
) -> Result<DeleteCustomModelOutput, DeleteCustomModelError> {
    let held = find(control, context, &input.model_identifier).await?;
    let name = release(held.scope(), CustomModel::KIND, held.name());
    control.apply(vec![held.deleted(), name], "").await?;
    Ok(DeleteCustomModelOutput {})
}
