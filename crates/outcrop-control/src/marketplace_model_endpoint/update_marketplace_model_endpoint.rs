//! `UpdateMarketplaceModelEndpoint`: another configuration.

use bedrock_smithy::{
    error::UpdateMarketplaceModelEndpointError, input::UpdateMarketplaceModelEndpointInput,
    output::UpdateMarketplaceModelEndpointOutput,
};

use super::{Endpoint, described, registered, status};
use crate::{Control, context::Context, error::ControlError, resource::Held};

/// The texts are ours.
pub(crate) async fn update_marketplace_model_endpoint(
    control: &Control,
    input: UpdateMarketplaceModelEndpointInput,
    context: &Context,
) -> Result<UpdateMarketplaceModelEndpointOutput, UpdateMarketplaceModelEndpointError> {
    let arn = &input.endpoint_arn;
    let mut held = registered(control, context, arn).await?;
    if !was_made_before(&held, &input)? {
        let (status, _) = status(control, &held);
        if status != "InService" {
            return Err(ControlError::Conflict(format!(
                "The endpoint {arn} isn't InService but {status}. Wait until it is, and try again."
            ))
            .into());
        }
        held.set_member(context, "endpointConfig")?;
        held.state.reconfigured_at = Some(control.now());
        held.state.update_token = input.client_request_token;
        control.replace(held).await?;
        held = registered(control, context, arn).await?;
    }
    Ok(UpdateMarketplaceModelEndpointOutput {
        marketplace_model_endpoint: described(control, &held)?,
    })
}

/// Whether this is the last change once more, by its token.
fn was_made_before(
    held: &Held<Endpoint>,
    input: &UpdateMarketplaceModelEndpointInput,
) -> Result<bool, ControlError> {
    let token = &input.client_request_token;
    if token.is_none() || *token != held.state.update_token {
        return Ok(false);
    }
    if held.request()?.endpoint_config == input.endpoint_config {
        return Ok(true);
    }
    Err(ControlError::Conflict(
        "The clientRequestToken was used before with other parameters. Use another token, or the same parameters.".to_owned(),
    ))
}
