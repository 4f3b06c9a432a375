//! Prompt routers: those of the service, and those that callers make.

mod create_prompt_router;
mod default_router;
mod delete_prompt_router;
mod get_prompt_router;
mod list_prompt_routers;

use aws_smithy_types::DateTime;
use bedrock_smithy::{
    input::CreatePromptRouterInput,
    model::{PromptRouterTargetModel, PromptRouterType, RoutingCriteria},
};
use serde::{Deserialize, Serialize};

pub(crate) use create_prompt_router::create_prompt_router;
pub(crate) use delete_prompt_router::delete_prompt_router;
pub(crate) use get_prompt_router::get_prompt_router;
pub(crate) use list_prompt_routers::list_prompt_routers;

use self::default_router::DefaultRouter;
use crate::{
    Control,
    context::Context,
    error::ControlError,
    resource::{Held, OwnArn, Resource, original},
};

/// The second to last part of the ARNs of the service's own routers. Those of callers have `prompt-router` there (the schema of
/// `AWS::Bedrock::IntelligentPromptRouter`).
const DEFAULT_KIND: &str = "default-prompt-router";

original!(CreatePromptRouterInput, POST "/prompt-routers");

/// The kind of resource: a router that a caller has made.
pub(crate) struct PromptRouter;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// The models, in the order of the request.
    pub(crate) models: Vec<Target>,
    /// The model to fall back to.
    pub(crate) fallback: Target,
}

/// A model that a router can ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Target {
    /// As the request names it.
    pub(crate) arn: String,
    /// The id of the model of the catalogue.
    pub(crate) base_model: String,
}

impl State {
    /// The first of the models that is not the one to fall back to.
    pub(crate) fn other(&self) -> &Target {
        let mut models = self.models.iter();
        models
            .find(|target| **target != self.fallback)
            .unwrap_or(&self.fallback)
    }
}

impl Resource for PromptRouter {
    const KIND: &'static str = "prompt-router";
    type Request = CreatePromptRouterInput;
    type State = State;
}

/// A router of either kind.
pub(crate) enum Router {
    Default(&'static DefaultRouter),
    Custom(Box<Held<PromptRouter>>),
}

/// The router that an ARN names.
pub(crate) async fn find(
    control: &Control,
    context: &Context,
    identifier: &str,
) -> Result<Router, ControlError> {
    let not_found = || ControlError::NotFound(PromptRouter::not_found(identifier));
    let arn = OwnArn::parse(identifier)
        .filter(|arn| arn.is_of(&context.scope()))
        .ok_or_else(not_found)?;
    let found = match arn.kind {
        DEFAULT_KIND => default_router::offered(&control.catalogue, &context.caller.region)
            .find(|router| router.id == arn.rest)
            .map(Router::Default),
        PromptRouter::KIND => {
            let held = control.look_up::<PromptRouter>(context, arn.rest).await?;
            held.map(|held| Router::Custom(Box::new(held)))
        }
        _ => None,
    };
    found.ok_or_else(not_found)
}

/// A router of either kind, which Get and List describe in shapes of their own that have the same members.
struct Described {
    kind: PromptRouterType,
    arn: String,
    name: String,
    description: Option<String>,
    models: Vec<PromptRouterTargetModel>,
    fallback_model: PromptRouterTargetModel,
    routing_criteria: RoutingCriteria,
    created_at: DateTime,
    updated_at: DateTime,
}

fn described(context: &Context, router: &Router) -> Result<Described, ControlError> {
    match router {
        Router::Default(router) => Ok(router.described(context)),
        Router::Custom(held) => custom(held),
    }
}

fn custom(held: &Held<PromptRouter>) -> Result<Described, ControlError> {
    let request = held.request()?;
    Ok(Described {
        kind: PromptRouterType::Custom,
        arn: held.arn(),
        name: held.name().to_owned(),
        description: request.description,
        models: request.models,
        fallback_model: request.fallback_model,
        routing_criteria: request.routing_criteria,
        created_at: held.created_at(),
        updated_at: held.updated_at(),
    })
}

/// A described router in one of the two shapes.
macro_rules! shaped {
    ($shape:ident, $described:expr) => {{
        let described: $crate::prompt_router::Described = $described;
        $shape {
            created_at: Some(described.created_at),
            description: described.description,
            fallback_model: described.fallback_model,
            models: described.models,
            prompt_router_arn: described.arn,
            prompt_router_name: described.name,
            routing_criteria: described.routing_criteria,
            status: ::bedrock_smithy::model::PromptRouterStatus::Available,
            r#type: described.kind,
            updated_at: Some(described.updated_at),
        }
    }};
}
use shaped;

#[cfg(test)]
mod tests;
