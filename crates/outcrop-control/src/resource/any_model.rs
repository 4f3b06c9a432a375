//! References to whatever can answer: models, profiles, and what callers have made of models.

use outcrop_catalogue::{Located, ResolveError, Resource as Kind};
use outcrop_store::Key;

use super::OwnArn;
use crate::{Control, context::Context, error::ControlError};

impl Control {
    /// Whether there is a model, or something that has one behind it, of this id or ARN. Endpoints of `SageMaker` and
    /// the service's own prompt routers are kept nowhere, so that their names are taken as they are.
    pub(crate) async fn check_model(
        &self,
        context: &Context,
        identifier: &str,
    ) -> Result<(), ControlError> {
        let region = context.caller.known_region();
        let kind = match self.catalogue.locate(identifier, region)? {
            Located::Model(_) => return Ok(()),
            Located::Resource(arn) => arn.resource,
        };
        let kind = match kind {
            Kind::ApplicationInferenceProfile(_) => "application-inference-profile",
            Kind::CustomModel(_) => "custom-model",
            Kind::CustomModelDeployment(_) => "custom-model-deployment",
            Kind::ImportedModel(_) => "imported-model",
            Kind::ProvisionedModel(_) => "provisioned-model",
            Kind::PromptRouter(_) if identifier.contains(":prompt-router/") => "prompt-router",
            Kind::PromptRouter(_) | Kind::SageMakerEndpoint(_) => return Ok(()),
            _ => return Err(ResolveError::Unknown.into()),
        };
        let scope = context.scope();
        let own = OwnArn::parse(identifier).filter(|arn| arn.is_of(&scope));
        if let Some(arn) = own {
            let key = Key {
                id: arn.id().to_owned(),
                scope,
                kind,
            };
            if self.store.get(key).await?.is_some() {
                return Ok(());
            }
        }
        Err(ControlError::NotFound(format!(
            "The model {identifier} could not be found. Check its ARN, account and region, and try again."
        )))
    }
}
