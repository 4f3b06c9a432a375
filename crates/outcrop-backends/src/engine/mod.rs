//! Servers as engines, one file for each kind of server.

mod anthropic;
mod make;
mod openai;

use std::{sync::Arc, time::Instant};

use bytes::Bytes;
use outcrop_engine::{Engine, EngineError, canned::CannedEngine};

pub use anthropic::AnthropicEngine;
pub use openai::OpenAiEngine;

use crate::{
    BackendError, BackendSettings, Kind, ModelMap,
    answer::{Answer, Chunks},
    error::{Fault, Names},
    gate::{Gate, Permit},
    http::{Auth, Call, Http, read},
};

/// What the engines of all kinds have in common: the one way to a server.
/// Clones share its connections and turns.
#[derive(Debug, Clone)]
struct Server {
    http: Http,
    gate: Arc<Gate>,
    settings: BackendSettings,
    /// Counts tokens, as servers have no common way to ask for that. Its counts are realistic in
    /// size, not equal to those that the model's own tokenizer makes.
    counter: Arc<CannedEngine>,
}

impl Server {
    fn new(settings: BackendSettings, auth: Auth) -> Result<Self, BackendError> {
        Ok(Self {
            http: Http::new(&settings, auth)?,
            gate: Arc::new(Gate::new(settings.concurrency, settings.queue)),
            settings,
            counter: Arc::new(CannedEngine::new()),
        })
    }

    /// The same server, with one of its models for everything.
    fn answering_with(&self, model: &str) -> Self {
        Self {
            settings: self.settings.answering_with(model),
            ..self.clone()
        }
    }

    /// Runs what has to be done before the first event, within the time for it.
    async fn in_time<T>(
        &self,
        names: Names<'_>,
        work: impl Future<Output = Result<T, Fault>>,
    ) -> Result<T, EngineError> {
        let limit = self.settings.timeout;
        let settled = tokio::time::timeout(limit, work).await;
        let settled = settled.unwrap_or(Err(Fault::Slow(limit)));
        settled.map_err(|fault| {
            tracing::warn!(?fault, model = names.model, "the backend did not answer");
            fault.before(names)
        })
    }

    async fn turn(&self) -> Result<Permit, Fault> {
        self.gate.enter().await.map_err(|_| Fault::Full)
    }

    /// Starts an answer, and waits for its first event.
    async fn chat<C: Chunks>(&self, call: Call, chunks: C) -> Result<Answer<C>, Fault> {
        let started = Instant::now();
        let permit = self.turn().await?;
        let response = self.http.post(&call).await?;
        drop(call);
        let idle = self.settings.idle_timeout;
        let mut answer = Answer::new(response, chunks, idle, started, permit);
        answer.begin().await?;
        Ok(answer)
    }

    /// A whole answer of at most `limit` bytes.
    async fn fetch(&self, call: Call, limit: usize) -> Result<Bytes, Fault> {
        let _permit = self.turn().await?;
        let response = self.http.post(&call).await?;
        read(response, limit).await
    }

    /// The server's model for one of the ways to say a Bedrock model's id.
    fn names<'a>(&'a self, task: Task, ids: &[&'a str]) -> Result<Names<'a>, EngineError> {
        let model_id = ids.first().copied().unwrap_or_default();
        let (map, setting) = task.models(&self.settings);
        let Some(model) = map.find(ids) else {
            return Err(EngineError::ResourceNotFound(format!(
                "No model of the backend answers for {model_id}. Name one with {}, as `{model_id}=NAME`, or `NAME` \
                 alone for every model.",
                self.settings.setting(setting)
            )));
        };
        Ok(Names {
            backend: &self.settings,
            model_id,
            model,
            setting,
        })
    }
}

/// The engine for the kind of a server.
#[derive(Debug)]
pub(crate) enum AnyEngine {
    OpenAi(OpenAiEngine),
    Anthropic(AnthropicEngine),
}

impl AnyEngine {
    pub(crate) fn new(settings: BackendSettings) -> Result<Self, BackendError> {
        Ok(match settings.kind {
            Kind::OpenAi => Self::OpenAi(OpenAiEngine::new(settings)?),
            Kind::Anthropic => Self::Anthropic(AnthropicEngine::new(settings)?),
        })
    }

    /// The same server, with one of its models for everything. Connections and turns are shared.
    pub(crate) fn answering_with(&self, model: &str) -> Arc<dyn Engine> {
        match self {
            Self::OpenAi(engine) => Arc::new(engine.answering_with(model)),
            Self::Anthropic(engine) => Arc::new(engine.answering_with(model)),
        }
    }
}

/// What a server's models are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Task {
    Answer,
    Embed,
    Draw,
    Rerank,
}

impl Task {
    /// The models for it, and the name of their setting.
    fn models(self, backend: &BackendSettings) -> (&ModelMap, &'static str) {
        match self {
            Self::Answer => (&backend.models, "model"),
            Self::Embed => (&backend.embedding_models, "embedding_model"),
            Self::Draw => (&backend.image_models, "image_model"),
            Self::Rerank => (&backend.rerank_models, "rerank_model"),
        }
    }
}

/// No kind of server has a common way to draw videos.
fn no_videos(backend: &BackendSettings) -> EngineError {
    EngineError::Validation(format!(
        "The backend {} draws no videos. Lead this model elsewhere with a `[[routes]]` entry that has \
         `use = [\"videos\"]` and comes before, for instance one with `canned = true`.",
        backend.name()
    ))
}

/// What a server of Anthropic's kind has no way to do.
fn cannot(what: &str) -> EngineError {
    EngineError::Validation(format!(
        "{what} with the backend that answers for this model: it speaks Anthropic's messages. Send this model's \
         requests to a backend of the kind `openai`, or run Outcrop without a backend for canned answers."
    ))
}
