//! A server that is compatible with `OpenAI`'s as an [`Engine`].

use std::time::Instant;

use bytes::Bytes;
use outcrop_engine::{
    ConverseRequest, EmbedRequest, Embeddings, Engine, EngineError, EngineFuture, EventStream,
    ImageRequest, RerankRequest, RerankResult,
    canned::{CannedEngine, chance},
};
use serde_json::Value;

use crate::{
    BackendError, BackendSettings, ModelMap,
    answer::Answer,
    error::{Fault, Names},
    gate::{Gate, Permit},
    http::{Http, read},
    openai::{self, ChatRequest, Expectations, embedding},
};

/// Bytes of the vectors of one request.
const LONGEST_EMBEDDINGS: usize = 64 << 20;

/// The setting for models that answer, and the one for models that embed.
const MODELS: &str = "backend_model";
const EMBEDDING_MODELS: &str = "backend_embedding_model";

/// Asks one server for everything that chat completions and embeddings can say.
#[derive(Debug)]
pub struct OpenAiEngine {
    http: Http,
    gate: Gate,
    settings: BackendSettings,
    /// Counts tokens, as servers have no common way to ask for that. Its counts are realistic in
    /// size, not equal to those that the model's own tokenizer makes.
    counter: CannedEngine,
}

impl OpenAiEngine {
    /// An engine for the server. Nothing is asked of it yet.
    ///
    /// # Errors
    ///
    /// [`BackendError`] for an address or a key that cannot be used.
    pub fn new(settings: BackendSettings) -> Result<Self, BackendError> {
        Ok(Self {
            http: Http::new(&settings)?,
            gate: Gate::new(settings.concurrency, settings.queue),
            settings,
            counter: CannedEngine::new(),
        })
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

    async fn start(&self, chat: ChatRequest, request: ConverseRequest) -> Result<Answer, Fault> {
        let started = Instant::now();
        let body = bytes(&chat.body);
        let expectations = Expectations {
            input_bytes: chat.text_bytes,
            seed: chance::hash64(&body, 0),
            stop_sequences: request
                .inference_config
                .and_then(|config| config.stop_sequences)
                .unwrap_or_default(),
            field_paths: request.additional_model_response_field_paths,
        };
        drop(chat);
        let permit = self.turn().await?;
        let response = self.http.post("/chat/completions", body).await?;
        let idle = self.settings.idle_timeout;
        let mut answer = Answer::new(response, expectations, idle, started, permit);
        answer.begin().await?;
        Ok(answer)
    }

    async fn vectors(
        &self,
        request: &EmbedRequest,
        body: &Value,
    ) -> Result<Result<Embeddings, usize>, Fault> {
        let _permit = self.turn().await?;
        let response = self.http.post("/embeddings", bytes(body)).await?;
        let body = read(response, LONGEST_EMBEDDINGS).await?;
        match embedding::vectors(request, &body) {
            Ok(embeddings) => Ok(Ok(embeddings)),
            Err(embedding::Unusable::Short { has }) => Ok(Err(has)),
            Err(embedding::Unusable::Fault(fault)) => Err(fault),
        }
    }

    fn names<'a>(
        &'a self,
        map: &'a ModelMap,
        setting: &'a str,
        ids: &[&'a str],
    ) -> Result<Names<'a>, EngineError> {
        let model_id = ids.first().copied().unwrap_or_default();
        let Some(model) = map.find(ids) else {
            return Err(EngineError::ResourceNotFound(format!(
                "No model of the backend answers for {model_id}. Name one with `{setting}`, for instance \
                 `{setting} = \"{model_id}=NAME\"`, or `NAME` alone for every model."
            )));
        };
        Ok(Names {
            url: &self.settings.url,
            model_id,
            model,
            setting,
        })
    }
}

/// The body as it is sent. JSON values have no way to fail.
fn bytes(body: &Value) -> Bytes {
    Bytes::from(body.to_string())
}

fn cannot(what: &str) -> EngineError {
    EngineError::Validation(format!(
        "{what} with the backend that `backend` names: it speaks chat completions and embeddings. \
         Run Outcrop without `backend` for canned answers."
    ))
}

impl Engine for OpenAiEngine {
    fn converse(&self, request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        Box::pin(async move {
            let (model, model_id) = (request.model.clone(), request.model_id.clone());
            let names = self.names(&self.settings.models, MODELS, &[&model.id, &model_id])?;
            let chat = openai::chat(&request, names.model)?;
            let answer = self.in_time(names, self.start(chat, request)).await?;
            Ok(Box::pin(answer) as EventStream)
        })
    }

    fn count_tokens(&self, request: ConverseRequest) -> EngineFuture<'_, u32> {
        self.counter.count_tokens(request)
    }

    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        Box::pin(async move {
            let map = &self.settings.embedding_models;
            let names = self.names(map, EMBEDDING_MODELS, &[&request.model.id])?;
            let body = embedding::request(&request, names.model)?;
            let vectors = self.in_time(names, self.vectors(&request, &body)).await?;
            vectors.map_err(|has| {
                let (model, wants) = (names.model, request.dimensions);
                EngineError::Validation(format!(
                    "The vectors of the backend's model {model} have {has} dimensions, {wants} were asked for. \
                     Ask for {has} at most, or name another model with `{EMBEDDING_MODELS}`."
                ))
            })
        })
    }

    fn rerank(&self, _request: RerankRequest) -> EngineFuture<'_, Vec<RerankResult>> {
        Box::pin(async { Err(cannot("Documents cannot be reranked")) })
    }

    fn generate_images(&self, _request: ImageRequest) -> EngineFuture<'_, Vec<Vec<u8>>> {
        Box::pin(async { Err(cannot("Images cannot be generated")) })
    }
}
