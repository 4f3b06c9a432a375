//! What decides besides guardrails' own rules, as the configuration has it: judges and scenarios.

use std::sync::Arc;

use outcrop_backends::{
    DEFAULT_NAME,
    route::{Overrides as TargetOverrides, Route, Target, Use},
};
use outcrop_engine::Engine;
use outcrop_runtime::{JudgeRole, JudgeSettings, Judges, Overrides, Scenario};

use crate::config::{JudgeFailure, ServedModel, Settings};

/// Judges and scenarios. `engine` leads each judge to its model, by the routes of [`judge_routes`].
pub(crate) fn overrides(
    settings: &Settings,
    scenarios: Vec<Scenario>,
    engine: Arc<dyn Engine>,
) -> Overrides {
    let format = |model: &Option<ServedModel>| {
        let model = model.as_ref()?;
        Some(settings.guardrail_judge_format.of(model))
    };
    let judges = JudgeSettings {
        filters: format(&settings.guardrail_filter_judge),
        topics: settings.guardrail_topic_judge.is_some(),
        topic_similarity: settings
            .guardrail_topic_embeddings
            .as_ref()
            .map(|_| settings.guardrail_topic_similarity.0),
        grounding: settings.guardrail_grounding_judge.is_some(),
        images: format(&settings.guardrail_image_judge),
        timeout: settings.guardrail_judge_timeout,
        concurrency: settings.guardrail_judge_concurrency,
        rules_instead: settings.guardrail_judge_failure == JudgeFailure::Rules,
    };
    Overrides {
        judges: Judges::new(engine, judges).map(Arc::new),
        scenarios,
    }
}

/// The routes to the judges' models. They come before all others, whose patterns may fit any id.
pub(crate) fn judge_routes(settings: &Settings) -> Vec<Route> {
    let routes = JudgeRole::ALL.into_iter().filter_map(|role| {
        let served = served(settings, role)?;
        Some(Route {
            place: format!("`{}`", role.setting()),
            models: vec![role.model_id().parse().ok()?],
            uses: vec![match role {
                JudgeRole::TopicSimilarity => Use::Embeddings,
                _ => Use::Chat,
            }],
            targets: vec![Target::Backend {
                backend: served.backend.clone().unwrap_or(DEFAULT_NAME.to_owned()),
                model: served.model.clone(),
                overrides: TargetOverrides::default(),
            }],
        })
    });
    routes.collect()
}

fn served(settings: &Settings, role: JudgeRole) -> Option<&ServedModel> {
    let served = match role {
        JudgeRole::Filters => &settings.guardrail_filter_judge,
        JudgeRole::Topics => &settings.guardrail_topic_judge,
        JudgeRole::TopicSimilarity => &settings.guardrail_topic_embeddings,
        JudgeRole::Grounding => &settings.guardrail_grounding_judge,
        JudgeRole::Images => &settings.guardrail_image_judge,
    };
    served.as_ref()
}
