//! `DeleteCustomModel`: deletes one that nothing uses.

use bedrock_smithy::{
    error::DeleteCustomModelError, input::DeleteCustomModelInput, output::DeleteCustomModelOutput,
};

use super::{CustomModel, find};
use crate::{
    Control,
    context::Context,
    custom_model_deployment::CustomModelDeployment,
    error::ControlError,
    page::PageRequest,
    resource::{Listing, Resource, release},
};

pub(crate) async fn delete_custom_model(
    control: &Control,
    input: DeleteCustomModelInput,
    context: &Context,
) -> Result<DeleteCustomModelOutput, DeleteCustomModelError> {
    let held = find(control, context, &input.model_identifier).await?;
    let users = Listing {
        parent: Some(held.id()),
        page: PageRequest {
            max_results: Some(1),
            next_token: None,
        },
        ..Listing::default()
    };
    let users = control
        .list::<CustomModelDeployment>(context, users, |_| true)
        .await?;
    if let Some(user) = users.items.first() {
        // The operation declares the exception; the text is ours.
        return Err(ControlError::Conflict(format!(
            "The custom model {} is in use by {}. Delete the deployment first.",
            held.arn(),
            user.arn()
        ))
        .into());
    }
    let name = release(held.scope(), CustomModel::KIND, held.name());
    control.apply(vec![held.deleted(), name], "").await?;
    Ok(DeleteCustomModelOutput {})
}
