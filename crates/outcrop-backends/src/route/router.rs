//! An engine that asks others.

use std::{collections::BTreeMap, sync::Arc};

use outcrop_catalogue::Model;
use outcrop_engine::{
    ConverseRequest, EmbedRequest, Embeddings, Engine, EngineError, EngineFuture, EventStream,
    ImageRequest, RerankRequest, RerankResult, VideoRequest, canned::CannedEngine,
};

use super::{
    attempt::{Candidate, Shaped, attempt},
    backend::Backend,
    error::RouteError,
    models::{ListError, list},
    settings::{Overrides, Route, RouterSettings, Target, Use},
};
use crate::BackendSettings;

/// Leads each request to the targets of the first route that fits it.
pub struct Router {
    backends: BTreeMap<String, Arc<Backend>>,
    routes: Vec<(Route, Vec<Candidate>)>,
}

impl Router {
    /// A router for these settings. Backends that `before` has with equal settings are taken over with
    /// their connections, their turns and what is known of their health. Has to be called in a
    /// runtime if a backend's health is to be asked for.
    ///
    /// # Errors
    ///
    /// [`RouteError`] for backends that cannot be used, and for routes that lead nowhere.
    pub fn new(settings: &RouterSettings, before: Option<&Self>) -> Result<Self, RouteError> {
        let mut backends = BTreeMap::new();
        for settings in &settings.backends {
            let name = settings.name().to_owned();
            let backend = match before.and_then(|before| before.backends.get(&name)) {
                Some(backend) if backend.settings == *settings => Arc::clone(backend),
                _ => Backend::new(settings)?,
            };
            if backends.insert(name.clone(), backend).is_some() {
                return Err(RouteError::Duplicate { name });
            }
        }
        let canned: Arc<dyn Engine> = Arc::new(CannedEngine::new());
        let routes = settings.routes.iter();
        let routes = routes
            .map(|route| Ok((route.clone(), candidates(route, &backends, &canned)?)))
            .collect::<Result<_, RouteError>>()?;
        Ok(Self { backends, routes })
    }

    /// The names of a backend's models, as it lists them.
    ///
    /// # Errors
    ///
    /// [`ListError`] if it does not.
    pub async fn models(&self, backend: &BackendSettings) -> Result<Vec<String>, ListError> {
        match self.backends.get(backend.name()) {
            Some(backend) => list(backend).await,
            None => Ok(Vec::new()),
        }
    }

    fn choose(&self, asked: Use, ids: &[&str]) -> Result<&[Candidate], EngineError> {
        let fitting = self.routes.iter().find(|(route, _)| route.fits(asked, ids));
        let (_, candidates) = fitting.ok_or_else(|| unmapped(asked, ids))?;
        Ok(candidates)
    }
}

fn candidates(
    route: &Route,
    backends: &BTreeMap<String, Arc<Backend>>,
    canned: &Arc<dyn Engine>,
) -> Result<Vec<Candidate>, RouteError> {
    let place = || route.place.clone();
    if route.targets.is_empty() {
        return Err(RouteError::NoTarget { place: place() });
    }
    if route.models.is_empty() {
        return Err(RouteError::NoModels { place: place() });
    }
    let targets = route.targets.iter().enumerate();
    targets
        .map(|(index, target)| {
            let Target::Backend {
                backend,
                model,
                overrides,
            } = target
            else {
                return Ok(Candidate::Canned(Arc::clone(canned)));
            };
            let Some(found) = backends.get(backend) else {
                return Err(RouteError::Unknown {
                    place: place(),
                    name: backend.clone(),
                    known: backends.keys().cloned().collect(),
                });
            };
            if route.targets[..index].contains(target) {
                return Err(RouteError::Twice {
                    place: place(),
                    backend: backend.clone(),
                    model: model.clone(),
                });
            }
            Ok(Candidate::Served {
                backend: Arc::clone(found),
                served: found.serving(model),
                overrides: *overrides,
            })
        })
        .collect()
}

fn unmapped(asked: Use, ids: &[&str]) -> EngineError {
    let id = ids.first().copied().unwrap_or_default();
    let setting = match asked {
        Use::Chat => "backend_model",
        Use::Embeddings => "backend_embedding_model",
        Use::Images => "backend_image_model",
        Use::Rerank => "backend_rerank_model",
        // No kind of backend draws any.
        Use::Videos => {
            return EngineError::ResourceNotFound(format!(
                "Nothing is configured to answer for {id} (videos). Add a `[[routes]]` entry to the configuration file with \
                 `models = [\"{id}\"]` and `canned = true` to have videos without a model."
            ));
        }
    };
    EngineError::ResourceNotFound(format!(
        "No backend is configured to answer for {id} ({}). Name one of its models with `{setting}`, for instance \
         `{setting} = \"{id}=NAME\"`, or add the id to `models` of a `[[routes]]` entry in the configuration file.",
        asked.as_str()
    ))
}

/// The ways to say a model's id: its own, the one that was sent, and what an ARN ends with.
fn ids<'a>(model: &'a Model, sent: &'a str) -> [&'a str; 3] {
    let last = sent.rsplit_once('/').map_or(sent, |(_, last)| last);
    [&model.id, sent, last]
}

macro_rules! unchanged {
    ($($request:ty),+) => { $( impl Shaped for $request {
        fn shape(&mut self, _: &Overrides) {}
    } )+ };
}

unchanged!(EmbedRequest, RerankRequest, ImageRequest, VideoRequest);

impl Engine for Router {
    fn converse(&self, request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        Box::pin(async move {
            let candidates = self.choose(Use::Chat, &ids(&request.model, &request.model_id))?;
            attempt(candidates, request, |engine, request| {
                engine.converse(request)
            })
            .await
        })
    }

    fn count_tokens(&self, request: ConverseRequest) -> EngineFuture<'_, u32> {
        Box::pin(async move {
            let candidates = self.choose(Use::Chat, &ids(&request.model, &request.model_id))?;
            attempt(candidates, request, |engine, request| {
                engine.count_tokens(request)
            })
            .await
        })
    }

    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        Box::pin(async move {
            let candidates =
                self.choose(Use::Embeddings, &ids(&request.model, &request.model_id))?;
            attempt(candidates, request, |engine, request| engine.embed(request)).await
        })
    }

    fn rerank(&self, request: RerankRequest) -> EngineFuture<'_, Vec<RerankResult>> {
        Box::pin(async move {
            let candidates = self.choose(Use::Rerank, &ids(&request.model, &request.model_id))?;
            attempt(candidates, request, |engine, request| {
                engine.rerank(request)
            })
            .await
        })
    }

    fn generate_images(&self, request: ImageRequest) -> EngineFuture<'_, Vec<Vec<u8>>> {
        Box::pin(async move {
            let candidates = self.choose(Use::Images, &ids(&request.model, &request.model_id))?;
            attempt(candidates, request, |engine, request| {
                engine.generate_images(request)
            })
            .await
        })
    }

    fn generate_video(&self, request: VideoRequest) -> EngineFuture<'_, Vec<u8>> {
        Box::pin(async move {
            let candidates = self.choose(Use::Videos, &[&request.model.id])?;
            attempt(candidates, request, |engine, request| {
                engine.generate_video(request)
            })
            .await
        })
    }
}
