//! Endpoints for models from Amazon Bedrock Marketplace, which Amazon `SageMaker` hosts.
//!
//! There is no Amazon `SageMaker` here: the endpoints that there are were created with Bedrock's own operation. One that is
//! deregistered stays, and can be registered again.

mod base_model;
mod create_marketplace_model_endpoint;
mod delete_marketplace_model_endpoint;
mod deregister_marketplace_model_endpoint;
mod get_marketplace_model_endpoint;
mod list_marketplace_model_endpoints;
mod register_marketplace_model_endpoint;
mod update_marketplace_model_endpoint;

use bedrock_smithy::{
    input::CreateMarketplaceModelEndpointInput,
    model::{MarketplaceModelEndpoint, Status},
};
use outcrop_catalogue::{Arn, Resource as Kind, ResourceError, partition};
use outcrop_store::Scope;
use serde::{Deserialize, Serialize};

pub(crate) use create_marketplace_model_endpoint::create_marketplace_model_endpoint;
pub(crate) use delete_marketplace_model_endpoint::delete_marketplace_model_endpoint;
pub(crate) use deregister_marketplace_model_endpoint::deregister_marketplace_model_endpoint;
pub(crate) use get_marketplace_model_endpoint::get_marketplace_model_endpoint;
pub(crate) use list_marketplace_model_endpoints::list_marketplace_model_endpoints;
pub(crate) use register_marketplace_model_endpoint::register_marketplace_model_endpoint;
pub(crate) use update_marketplace_model_endpoint::update_marketplace_model_endpoint;

use crate::{
    Control,
    context::Context,
    error::ControlError,
    resolution::{not_ready, refused},
    resource::{Held, Outcome, Resource, original, reached},
};

original!(CreateMarketplaceModelEndpointInput, POST "/marketplace-model/endpoints");

/// The kind of resource. Its id is the name of the endpoint.
pub(crate) struct Endpoint;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// The id of the model of the catalogue that answers for the endpoint.
    base_model: String,
    /// Whether Bedrock knows it.
    registered: bool,
    /// When a request last changed its configuration. Nanoseconds since 1970, UTC.
    reconfigured_at: Option<i64>,
    /// The token of that request.
    update_token: Option<String>,
}

impl Resource for Endpoint {
    const KIND: &'static str = "marketplace-model-endpoint";
    type Request = CreateMarketplaceModelEndpointInput;
    type State = State;

    fn arn(scope: &Scope, id: &str, _state: &State) -> String {
        let Scope { account, region } = scope;
        let partition = partition(region);
        format!("arn:{partition}:sagemaker:{region}:{account}:endpoint/{id}")
    }
}

/// The endpoint that an ARN names, registered or not.
async fn endpoint(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Held<Endpoint>, ControlError> {
    let name = Arn::parse(arn).and_then(|arn| match arn.resource {
        Kind::SageMakerEndpoint(name) => {
            let own =
                *arn.account == *context.caller.account && *arn.region == *context.caller.region;
            own.then_some(name)
        }
        _ => None,
    });
    let held = match name {
        Some(name) => control.look_up::<Endpoint>(context, name).await?,
        None => None,
    };
    held.ok_or_else(|| ControlError::NotFound(Endpoint::not_found(arn)))
}

/// The registered endpoint that an ARN names.
async fn registered(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Held<Endpoint>, ControlError> {
    let held = endpoint(control, context, arn).await?;
    if held.state.registered {
        return Ok(held);
    }
    Err(ControlError::NotFound(Endpoint::not_found(arn)))
}

/// The state of the endpoint in Amazon `SageMaker`'s words, and why it failed.
fn status(control: &Control, held: &Held<Endpoint>) -> (&'static str, Option<String>) {
    let (since, first) = match held.state.reconfigured_at {
        Some(at) => (at, "Updating"),
        None => (held.created_nanos(), "Creating"),
    };
    let (last, failure) = match held.outcome() {
        Outcome::Success => ("InService", None),
        Outcome::Failure(reason) => ("Failed", Some(reason)),
    };
    let status = reached(&[first], last, since, control.now(), control.pace);
    (status, failure.filter(|_| status == "Failed"))
}

fn described(
    control: &Control,
    held: &Held<Endpoint>,
) -> Result<MarketplaceModelEndpoint, ControlError> {
    let request = held.request()?;
    let (status, failure) = status(control, held);
    Ok(MarketplaceModelEndpoint {
        created_at: held.created_at(),
        endpoint_arn: held.arn(),
        endpoint_config: request.endpoint_config,
        endpoint_status: status.to_owned(),
        endpoint_status_message: failure,
        model_source_identifier: request.model_source_identifier,
        status: Some(Status::Registered),
        status_message: None,
        updated_at: held.updated_at(),
    })
}

/// The model that answers for a registered endpoint, once it is in service. An endpoint goes on answering while it is
/// updated.
pub(crate) async fn in_service(
    control: &Control,
    context: &Context,
    arn: &str,
) -> Result<Option<String>, ResourceError> {
    let held = match registered(control, context, arn).await {
        Ok(held) => held,
        Err(ControlError::NotFound(_)) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    match status(control, &held).0 {
        "Creating" => Err(not_ready()),
        failed @ "Failed" => Err(refused(arn, failed)),
        _ => Ok(Some(held.state.base_model)),
    }
}

#[cfg(test)]
mod tests;
