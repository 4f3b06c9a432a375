//! `DeleteMarketplaceModelEndpoint`: takes a registered endpoint away.

use bedrock_smithy::{
    error::DeleteMarketplaceModelEndpointError, input::DeleteMarketplaceModelEndpointInput,
    output::DeleteMarketplaceModelEndpointOutput,
};

use super::registered;
use crate::{Control, context::Context};

pub(crate) async fn delete_marketplace_model_endpoint(
    control: &Control,
    input: DeleteMarketplaceModelEndpointInput,
    context: &Context,
) -> Result<DeleteMarketplaceModelEndpointOutput, DeleteMarketplaceModelEndpointError> {
    let held = registered(control, context, &input.endpoint_arn).await?;
    control.remove(&held).await?;
    Ok(DeleteMarketplaceModelEndpointOutput {})
}
