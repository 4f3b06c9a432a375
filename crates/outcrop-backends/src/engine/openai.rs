//! A server that is compatible with `OpenAI`'s as an [`Engine`].

use bytes::Bytes;
use outcrop_engine::{
    ConverseRequest, EmbedRequest, Embeddings, Engine, EngineError, EngineFuture, EventStream,
    ImageRequest, RerankRequest, RerankResult, VideoRequest, canned::chance,
};
use serde_json::Value;

use super::{Server, Task, no_videos};
use crate::{
    BackendError, BackendSettings,
    error::Fault,
    http::{Auth, Call},
    openai::{self, ChatRequest, ChatStream, Expectations, embedding, image, rerank},
};

/// Bytes of the vectors of one batch.
const LONGEST_EMBEDDINGS: usize = 64 << 20;

/// Bytes of the images of one request.
const LONGEST_IMAGES: usize = 256 << 20;

/// Bytes of an order of documents.
const LONGEST_RANKING: usize = 8 << 20;

/// Asks one server for chat completions, embeddings, images and rankings.
#[derive(Debug)]
pub struct OpenAiEngine {
    server: Server,
}

impl OpenAiEngine {
    /// An engine for the server. Nothing is asked of it yet.
    ///
    /// # Errors
    ///
    /// [`BackendError`] for an address or a key that cannot be used.
    pub fn new(settings: BackendSettings) -> Result<Self, BackendError> {
        let server = Server::new(settings, Auth::Bearer)?;
        Ok(Self { server })
    }

    /// The same server, with one of its models for everything. Connections and turns are shared.
    #[must_use]
    pub fn answering_with(&self, model: &str) -> Self {
        Self {
            server: self.server.answering_with(model),
        }
    }

    /// The vectors of all batches, one batch after the other: a client waits for all of them, and
    /// others wait for their turn at the server.
    async fn vectors(
        &self,
        request: &EmbedRequest,
        batches: Vec<Value>,
    ) -> Result<embedding::Vectors, Fault> {
        let mut vectors = embedding::Vectors::default();
        for body in batches {
            let call = Call::new("/embeddings", bytes(&body));
            let answer = self.server.fetch(call, LONGEST_EMBEDDINGS).await?;
            vectors.add(request, &body, &answer)?;
        }
        Ok(vectors)
    }
}

/// The body as it is sent. JSON values have no way to fail.
fn bytes(body: &Value) -> Bytes {
    Bytes::from(body.to_string())
}

/// The call of a conversation, and what makes events of its answer.
fn conversation(chat: &ChatRequest, request: ConverseRequest) -> (Call, ChatStream) {
    let body = bytes(&chat.body);
    let config = request.inference_config;
    let chunks = ChatStream::new(Expectations {
        input_bytes: chat.text_bytes,
        seed: chance::hash64(&body, 0),
        stop_sequences: config
            .and_then(|config| config.stop_sequences)
            .unwrap_or_default(),
        field_paths: request.additional_model_response_field_paths,
    });
    (Call::new("/chat/completions", body), chunks)
}

impl Engine for OpenAiEngine {
    fn converse(&self, request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        Box::pin(async move {
            let (model, model_id) = (request.model.clone(), request.model_id.clone());
            let names = self.server.names(Task::Answer, &[&model.id, &model_id])?;
            let chat = openai::chat(&request, names.model)?;
            let (call, chunks) = conversation(&chat, request);
            drop(chat);
            let answer = self.server.chat(call, chunks);
            let answer = self.server.in_time(names, answer).await?;
            Ok(Box::pin(answer) as EventStream)
        })
    }

    fn count_tokens(&self, request: ConverseRequest) -> EngineFuture<'_, u32> {
        self.server.counter.count_tokens(request)
    }

    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        Box::pin(async move {
            let names = self.server.names(Task::Embed, &[&request.model.id])?;
            let batches = embedding::batches(&request, names.model)?;
            let vectors = self.vectors(&request, batches);
            let vectors = self.server.in_time(names, vectors).await?;
            vectors.shaped(&request).map_err(|short| {
                let (model, has, wants) = (names.model, short.has, request.dimensions);
                let setting = names.backend.setting(names.setting);
                EngineError::Validation(format!(
                    "The vectors of the backend's model {model} have {has} dimensions, {wants} were asked for. \
                     Ask for {has} at most, or name another model with {setting}."
                ))
            })
        })
    }

    fn rerank(&self, request: RerankRequest) -> EngineFuture<'_, Vec<RerankResult>> {
        Box::pin(async move {
            let names = self.server.names(Task::Rerank, &[&request.model.id])?;
            let body = bytes(&rerank::request(&request, names.model));
            let ranked = async {
                let call = Call::new("/rerank", body);
                let answer = self.server.fetch(call, LONGEST_RANKING).await?;
                rerank::results(&request, &answer)
            };
            self.server.in_time(names, ranked).await
        })
    }

    fn generate_images(&self, request: ImageRequest) -> EngineFuture<'_, Vec<Vec<u8>>> {
        Box::pin(async move {
            let names = self.server.names(Task::Draw, &[&request.model.id])?;
            let body = bytes(&image::request(&request, names.model)?);
            let drawn = async {
                let call = Call::new("/images/generations", body);
                let answer = self.server.fetch(call, LONGEST_IMAGES).await?;
                image::images(&request, &answer)
            };
            self.server.in_time(names, drawn).await
        })
    }

    fn generate_video(&self, _request: VideoRequest) -> EngineFuture<'_, Vec<u8>> {
        let refusal = no_videos(&self.server.settings);
        Box::pin(async { Err(refusal) })
    }
}
