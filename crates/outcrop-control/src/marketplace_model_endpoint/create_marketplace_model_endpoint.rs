//! `CreateMarketplaceModelEndpoint`: an endpoint for a model, registered with Bedrock.

use bedrock_smithy::{
    error::CreateMarketplaceModelEndpointError, input::CreateMarketplaceModelEndpointInput,
    output::CreateMarketplaceModelEndpointOutput,
};

use super::{Endpoint, State, base_model::base_model, described};
use crate::{Control, context::Context, error::ControlError, resource::New};

pub(crate) async fn create_marketplace_model_endpoint(
    control: &Control,
    input: CreateMarketplaceModelEndpointInput,
    context: &Context,
) -> Result<CreateMarketplaceModelEndpointOutput, CreateMarketplaceModelEndpointError> {
    let name = &input.endpoint_name;
    can_be_named(name)?;
    let state = State {
        base_model: base_model(&control.catalogue, &input.model_source_identifier),
        registered: true,
        reconfigured_at: None,
        update_token: None,
    };
    let new = New::<Endpoint> {
        name_taken: Some(format!(
            "The endpoint name {name} is already in use. Choose another name, and try again."
        )),
        tags: input.tags.as_deref(),
        token: input.client_request_token.as_deref(),
        ..New::of(name.clone(), name, state)
    };
    let held = control.create(context, new).await?;
    Ok(CreateMarketplaceModelEndpointOutput {
        marketplace_model_endpoint: described(control, &held)?,
    })
}

/// The names of Amazon `SageMaker`'s endpoints (its documentation); the text is ours.
fn can_be_named(name: &str) -> Result<(), ControlError> {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if name.bytes().all(letters) && !name.starts_with('-') && !name.ends_with('-') {
        return Ok(());
    }
    Err(ControlError::Validation(format!(
        "The endpoint name {name} is invalid. Use letters, digits and hyphens, begin and end with a letter or digit, and try \
         again."
    )))
}
