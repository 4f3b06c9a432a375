//! The routers that the service defines.

use aws_smithy_types::DateTime;
use bedrock_smithy::model::{PromptRouterTargetModel, PromptRouterType, RoutingCriteria};
use outcrop_catalogue::{Catalogue, Route, Routes};

use super::{DEFAULT_KIND, Described};
use crate::{context::Context, resource::arn};

/// When the routers were made and last changed: the day of their preview, 2024-11-20, in seconds of Unix time.
const DEFINED_AT: i64 = 1_732_060_800;

/// A router of the service's own. Its models are asked through system-defined profiles.
#[derive(Debug, PartialEq)]
pub(crate) struct DefaultRouter {
    /// The last part of its ARN.
    pub(super) id: &'static str,
    name: &'static str,
    family: &'static str,
    /// The profiles of its models: the one to fall back to, then the other.
    profiles: [&'static str; 2],
    response_quality_difference: f64,
}

/// The routers that the service has had since it routes prompts. No listing of them is recorded: ids and models follow the
/// documentation as remembered, and the criteria are not verified.
const ROUTERS: &[DefaultRouter] = &[
    DefaultRouter {
        id: "anthropic.claude:1",
        name: "Anthropic Prompt Router",
        family: "Claude",
        profiles: [
            "us.anthropic.claude-3-5-sonnet-20240620-v1:0",
            "us.anthropic.claude-3-haiku-20240307-v1:0",
        ],
        response_quality_difference: 0.26,
    },
    DefaultRouter {
        id: "meta.llama:1",
        name: "Meta Prompt Router",
        family: "LLaMA",
        profiles: [
            "us.meta.llama3-1-70b-instruct-v1:0",
            "us.meta.llama3-1-8b-instruct-v1:0",
        ],
        response_quality_difference: 0.0,
    },
    DefaultRouter {
        id: "amazon.nova:1",
        name: "Nova Prompt Router",
        family: "Nova",
        profiles: ["us.amazon.nova-pro-v1:0", "us.amazon.nova-lite-v1:0"],
        response_quality_difference: 0.26,
    },
];

/// The routers that a region has: those all of whose profiles it has.
pub(super) fn offered<'a>(
    catalogue: &'a Catalogue,
    region: &'a str,
) -> impl Iterator<Item = &'static DefaultRouter> + 'a {
    let has = move |id: &&str| catalogue.resolve(id, Some(region)).is_ok();
    ROUTERS
        .iter()
        .filter(move |router| router.profiles.iter().all(has))
}

impl DefaultRouter {
    pub(super) fn described(&self, context: &Context) -> Described {
        let model = |id| PromptRouterTargetModel {
            model_arn: profile_arn(context, id),
        };
        let [fallback, other] = self.profiles;
        Described {
            kind: PromptRouterType::Default,
            arn: arn(&context.scope(), DEFAULT_KIND, self.id),
            name: self.name.to_owned(),
            description: Some(format!(
                "Routes requests among models in the {} family",
                self.family
            )),
            models: vec![model(other), model(fallback)],
            fallback_model: model(fallback),
            routing_criteria: RoutingCriteria {
                response_quality_difference: self.response_quality_difference,
            },
            created_at: DateTime::from_secs(DEFINED_AT),
            updated_at: DateTime::from_secs(DEFINED_AT),
        }
    }

    /// Between which models it chooses.
    pub(crate) fn routes(&self, context: &Context) -> Routes {
        let route = |id: &str| Route {
            arn: profile_arn(context, id),
            model: id.to_owned(),
        };
        let [fallback, other] = self.profiles;
        Routes {
            fallback: route(fallback),
            other: route(other),
            response_quality_difference: self.response_quality_difference,
        }
    }
}

fn profile_arn(context: &Context, id: &str) -> String {
    arn(&context.scope(), "inference-profile", id)
}
