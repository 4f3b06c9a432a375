//! `DeregisterMarketplaceModelEndpoint`: Bedrock forgets an endpoint, which goes on existing.

use bedrock_smithy::{
    error::DeregisterMarketplaceModelEndpointError, input::DeregisterMarketplaceModelEndpointInput,
    output::DeregisterMarketplaceModelEndpointOutput,
};

use super::registered;
use crate::{Control, context::Context};

pub(crate) async fn deregister_marketplace_model_endpoint(
    control: &Control,
    input: DeregisterMarketplaceModelEndpointInput,
    context: &Context,
) -> Result<DeregisterMarketplaceModelEndpointOutput, DeregisterMarketplaceModelEndpointError> {
    let mut held = registered(control, context, &input.endpoint_arn).await?;
    held.state.registered = false;
    control.replace(held).await?;
    Ok(DeregisterMarketplaceModelEndpointOutput {})
}
