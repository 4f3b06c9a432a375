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
    provisioned_throughput::ProvisionedModel,
    resource::{Held, Listing, Resource, release},
};

pub(crate) async fn delete_custom_model(
    control: &Control,
    input: DeleteCustomModelInput,
    context: &Context,
) -> Result<DeleteCustomModelOutput, DeleteCustomModelError> {
    let held = find(control, context, &input.model_identifier).await?;
    let user = match user::<CustomModelDeployment>(control, context, &held).await? {
        None => user::<ProvisionedModel>(control, context, &held).await?,
        deployment => deployment,
    };
    if let Some(user) = user {
        // The operation declares the exception; the text is ours.
        return Err(ControlError::Conflict(format!(
            "The custom model {} is in use by {user}. Delete that first.",
            held.arn(),
        ))
        .into());
    }
    let name = release(held.scope(), CustomModel::KIND, held.name());
    control.apply(vec![held.deleted(), name], "").await?;
    Ok(DeleteCustomModelOutput {})
}

/// The ARN of a resource of a kind that belongs to the model.
async fn user<R: Resource>(
    control: &Control,
    context: &Context,
    model: &Held<CustomModel>,
) -> Result<Option<String>, ControlError> {
    let users = Listing {
        parent: Some(model.id()),
        page: PageRequest {
            max_results: Some(1),
            next_token: None,
        },
        ..Listing::default()
    };
    let users = control.list::<R>(context, users, |_| true).await?;
    Ok(users.items.first().map(Held::arn))
}
