//! `RegisterMarketplaceModelEndpoint`: makes Bedrock know an endpoint again.

use bedrock_smithy::{
    error::RegisterMarketplaceModelEndpointError, input::RegisterMarketplaceModelEndpointInput,
    output::RegisterMarketplaceModelEndpointOutput,
};

use super::{described, endpoint, status};
use crate::{Control, context::Context, error::ControlError};

/// The texts are ours.
pub(crate) async fn register_marketplace_model_endpoint(
    control: &Control,
    input: RegisterMarketplaceModelEndpointInput,
    context: &Context,
) -> Result<RegisterMarketplaceModelEndpointOutput, RegisterMarketplaceModelEndpointError> {
    let arn = &input.endpoint_identifier;
    let mut held = endpoint(control, context, arn).await?;
    let source = held.request()?.model_source_identifier;
    if source != input.model_source_identifier {
        return Err(ControlError::Validation(format!(
            "The endpoint {arn} hosts the model {source}. Provide it as the modelSourceIdentifier, and try again."
        ))
        .into());
    }
    let (status, _) = status(control, &held);
    if status != "InService" {
        return Err(ControlError::Validation(format!(
            "The endpoint {arn} isn't InService but {status}. Only an endpoint that is InService can be registered."
        ))
        .into());
    }
    if !held.state.registered {
        held.state.registered = true;
        control.replace(held).await?;
        held = endpoint(control, context, arn).await?;
    }
    Ok(RegisterMarketplaceModelEndpointOutput {
        marketplace_model_endpoint: described(control, &held)?,
    })
}
