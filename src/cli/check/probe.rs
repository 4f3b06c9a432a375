//! One call to a backend.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use outcrop_backends::{
    BackendSettings,
    route::{Route, RouteError, Router, RouterSettings, Target, Use},
};
use outcrop_catalogue::{Api, Catalogue, Model, ModelFilter};
use outcrop_engine::{Engine, EngineError, fold};

use super::{requests, table::Row};

/// The longest time for one call. A model may have to be loaded first.
const PATIENCE: Duration = Duration::from_mins(2);

/// The longest time for a list of models.
const LIST_PATIENCE: Duration = Duration::from_secs(10);

/// A model of Bedrock's for routes that fit none of the catalogue's.
const ANY_MODEL: &str = "amazon.nova-lite-v1:0";

/// What is called.
pub(super) enum Probe {
    /// The list of a backend's models.
    List {
        backend: Box<BackendSettings>,
        /// Whether a route leads to it, so that its models say whether it works.
        routed: bool,
    },
    /// A model that a route leads to.
    Target {
        backend: String,
        model: String,
        target: Target,
        asked: Use,
        bedrock: Arc<Model>,
    },
}

/// Every call that is worth making: each backend's list, and each target once for each use.
pub(super) fn probes(settings: &RouterSettings, catalogue: &Catalogue) -> Vec<Probe> {
    let mut targets: Vec<Probe> = Vec::new();
    for route in &settings.routes {
        for asked in uses(route, catalogue) {
            for target in &route.targets {
                targets.extend(probe(route, target, asked, catalogue, &targets));
            }
        }
    }
    let lists = settings.backends.iter().map(|backend| Probe::List {
        routed: targets
            .iter()
            .any(|probe| probe.backend() == backend.name()),
        backend: Box::new(backend.clone()),
    });
    let mut probes: Vec<_> = lists.collect();
    probes.extend(targets);
    probes
}

fn probe(
    route: &Route,
    target: &Target,
    asked: Use,
    catalogue: &Catalogue,
    known: &[Probe],
) -> Option<Probe> {
    let Target::Backend { backend, model, .. } = target else {
        return None;
    };
    let is_known = known.iter().any(|probe| {
        matches!(probe, Probe::Target { backend: b, model: m, asked: a, .. } if b == backend && m == model && *a == asked)
    });
    let fits = |candidate: &&Arc<Model>| {
        kind(candidate) == Some(asked) && route.fits(asked, &[&candidate.id])
    };
    let bedrock = catalogue.models(ModelFilter::default()).find(fits);
    let bedrock = bedrock.or_else(|| catalogue.model(ANY_MODEL))?;
    (!is_known).then(|| Probe::Target {
        backend: backend.clone(),
        model: model.clone(),
        target: target.clone(),
        asked,
        bedrock: Arc::clone(bedrock),
    })
}

/// What a route is for: what it says, or else what its models are made for. A route that is for
/// conversations among others is held to them alone.
fn uses(route: &Route, catalogue: &Catalogue) -> Vec<Use> {
    if !route.uses.is_empty() {
        return route.uses.clone();
    }
    let models = catalogue.models(ModelFilter::default());
    let kinds: Vec<Use> = models
        .filter(|model| route.models.iter().any(|pattern| pattern.fits(&model.id)))
        .filter_map(kind)
        .collect();
    if kinds.is_empty() || kinds.contains(&Use::Chat) {
        return vec![Use::Chat];
    }
    let all = Use::ALL.into_iter();
    all.filter(|asked| kinds.contains(asked)).collect()
}

fn kind(model: &Arc<Model>) -> Option<Use> {
    match model.capabilities.api {
        Api::Chat => Some(Use::Chat),
        Api::Embedding => Some(Use::Embeddings),
        Api::Image => Some(Use::Images),
        Api::Rerank => Some(Use::Rerank),
        Api::Video => Some(Use::Videos),
        Api::Speech => None,
    }
}

impl Probe {
    pub(super) fn backend(&self) -> &str {
        match self {
            Self::List { backend, .. } => backend.name(),
            Self::Target { backend, .. } => backend,
        }
    }

    pub(super) fn asked(&self) -> String {
        match self {
            Self::List { .. } => "models".to_owned(),
            Self::Target { asked, model, .. } => format!("{} of {model}", asked.as_str()),
        }
    }

    /// Makes the call.
    pub(super) async fn call(
        &self,
        settings: &RouterSettings,
        router: &Router,
    ) -> Result<Row, RouteError> {
        let started = Instant::now();
        let (told, counts) = match self {
            Self::List { backend, routed } => (list(router, backend).await, !routed),
            Self::Target {
                target,
                asked,
                bedrock,
                ..
            } => {
                let route = Route {
                    place: String::new(),
                    models: bedrock.id.parse().into_iter().collect(),
                    uses: Vec::new(),
                    targets: vec![target.clone()],
                };
                let alone = RouterSettings {
                    routes: vec![route],
                    ..settings.clone()
                };
                let engine = Router::new(&alone, Some(router))?;
                (answer(&engine, *asked, bedrock).await, true)
            }
        };
        Ok(Row {
            backend: self.backend().to_owned(),
            asked: self.asked(),
            told,
            took: started.elapsed(),
            counts,
        })
    }
}

async fn list(router: &Router, backend: &BackendSettings) -> Result<String, String> {
    let listed = tokio::time::timeout(LIST_PATIENCE, router.models(backend)).await;
    match listed {
        Ok(Ok(models)) => Ok(format!("{} models", models.len())),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err(format!("no answer within {LIST_PATIENCE:?}")),
    }
}

async fn answer(engine: &Router, asked: Use, bedrock: &Arc<Model>) -> Result<String, String> {
    let call = async {
        match asked {
            Use::Chat => {
                let events = engine.converse(requests::chat(bedrock)).await?;
                let answer = fold(events).await?;
                Ok(format!(
                    "{} tokens",
                    answer.usage.output_tokens.unwrap_or_default()
                ))
            }
            Use::Embeddings => {
                let answer = engine.embed(requests::embed(bedrock)).await?;
                let length = answer.vectors.first().map_or(0, Vec::len);
                Ok(format!("{length} dimensions"))
            }
            Use::Rerank => {
                let answer = engine.rerank(requests::rerank(bedrock)).await?;
                Ok(format!("{} documents", answer.len()))
            }
            Use::Images => {
                let images = engine.generate_images(requests::draw(bedrock)).await?;
                let bytes: usize = images.iter().map(Vec::len).sum();
                Ok(format!("{} image of {bytes} bytes", images.len()))
            }
            Use::Videos => {
                let file = engine.generate_video(requests::video(bedrock)).await?;
                Ok(format!("{} bytes", file.len()))
            }
        }
    };
    match tokio::time::timeout(PATIENCE, call).await {
        Ok(settled) => settled.map_err(|error: EngineError| error.to_string()),
        Err(_) => Err(format!("no answer within {PATIENCE:?}")),
    }
}
