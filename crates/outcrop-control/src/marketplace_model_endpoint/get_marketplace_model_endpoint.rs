//! `GetMarketplaceModelEndpoint`: one registered endpoint, by its ARN.

use bedrock_smithy::{
    error::GetMarketplaceModelEndpointError, input::GetMarketplaceModelEndpointInput,
    output::GetMarketplaceModelEndpointOutput,
};

use super::{described, registered};
use crate::{Control, context::Context};

pub(crate) async fn get_marketplace_model_endpoint(
    control: &Control,
    input: GetMarketplaceModelEndpointInput,
    context: &Context,
) -> Result<GetMarketplaceModelEndpointOutput, GetMarketplaceModelEndpointError> {
    let held = registered(control, context, &input.endpoint_arn).await?;
    Ok(GetMarketplaceModelEndpointOutput {
        marketplace_model_endpoint: Some(described(control, &held)?),
    })
}
