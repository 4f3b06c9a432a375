//! The models behind what callers have made, for whoever answers inference requests.
//!
//! Kinds that other requests of the control plane refer to as models have a model of the catalogue in their state, in a
//! member `base_model`.

mod made;
mod routed;

use outcrop_catalogue::{
    Answers, Arn, Asker, ResolvedResource, Resource as Kind, ResourceError, ResourceFuture,
    Resources,
};
use outcrop_wire::{Caller, RawBody};

use crate::{
    Control, context::Context, error::ControlError, inference_profile::ApplicationInferenceProfile,
    marketplace_model_endpoint, provisioned_throughput,
};

impl Resources for Control {
    fn resolve<'a>(&'a self, asker: Asker<'a>, identifier: &'a str) -> ResourceFuture<'a> {
        Box::pin(async move {
            let answers = answers(self, asker, identifier).await?;
            Ok(answers.map(|answers| ResolvedResource {
                arn: identifier.to_owned(),
                answers,
            }))
        })
    }
}

async fn answers(
    control: &Control,
    asker: Asker<'_>,
    identifier: &str,
) -> Result<Option<Answers>, ResourceError> {
    let Some(arn) = Arn::parse(identifier) else {
        return Ok(None);
    };
    let context = context(asker, arn.region);
    let model = match arn.resource {
        Kind::ApplicationInferenceProfile(_) => {
            let held = control.look_up::<ApplicationInferenceProfile>(&context, identifier);
            held.await?.map(|held| held.state.base_model)
        }
        Kind::ProvisionedModel(_) => {
            provisioned_throughput::in_service(control, &context, identifier).await?
        }
        Kind::SageMakerEndpoint(_) => {
            marketplace_model_endpoint::in_service(control, &context, identifier).await?
        }
        Kind::CustomModel(_) => made::custom(control, &context, identifier).await?,
        Kind::CustomModelDeployment(_) => made::deployed(control, &context, identifier).await?,
        Kind::ImportedModel(_) => made::imported(control, &context, identifier).await?,
        Kind::PromptRouter(_) => {
            let routes = routed::routes(control, &context, identifier).await?;
            return Ok(routes.map(|routes| Answers::Routed(Box::new(routes))));
        }
        Kind::FoundationModel(_) | Kind::InferenceProfile(_) | Kind::Prompt(_) => None,
    };
    Ok(model.map(Answers::Model))
}

/// The caller in the region of the ARN: whose region is known asks in no other.
fn context(asker: Asker<'_>, region: &str) -> Context {
    let caller = Caller {
        account: asker.account.into(),
        region: region.into(),
        region_known: true,
    };
    Context::new(caller, RawBody(bytes::Bytes::new()))
}

impl From<ControlError> for ResourceError {
    fn from(error: ControlError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// What to say of something that is still made. The text is that of the model's `ModelNotReadyException`.
pub(crate) fn not_ready() -> ResourceError {
    ResourceError::NotReady(
        "The model specified in the request is not ready to serve inference requests.".to_owned(),
    )
}

/// What to say of something that cannot answer in its state. The text is ours.
pub(crate) fn refused(arn: &str, state: &str) -> ResourceError {
    ResourceError::Refused(format!(
        "The model {arn} can't be invoked, because its status is {state}."
    ))
}

#[cfg(test)]
mod tests;
