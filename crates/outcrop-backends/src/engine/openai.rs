//! A server that is compatible with `OpenAI`'s as an [`Engine`].

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use bytes::Bytes;
use outcrop_engine::{
    ConverseRequest, EmbedRequest, Embeddings, Engine, EngineError, EngineFuture, EventStream,
    ImageEdit, ImageRequest, RerankRequest, RerankResult, VideoRequest, canned::chance,
};
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::{Server, Task, make::Make, no_videos};
use crate::{
    BackendError, BackendSettings, documents,
    error::Fault,
    http::{Auth, Call},
    json::bytes,
    openai::{self, ChatRequest, ChatStream, Expectations, embedding, image, rerank},
    settings::Reasoning,
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
    make: Make,
    /// Whether its model refused to be asked for a number of dimensions, and embedded without.
    refuses_dimensions: Arc<AtomicBool>,
}

impl OpenAiEngine {
    /// An engine for the server. Nothing is asked of it yet.
    ///
    /// # Errors
    ///
    /// [`BackendError`] for an address or a key that cannot be used.
    pub fn new(settings: BackendSettings) -> Result<Self, BackendError> {
        let server = Server::new(settings, Auth::Bearer)?;
        Ok(Self {
            server,
            make: Make::default(),
            refuses_dimensions: Arc::default(),
        })
    }

    /// The same server, with one of its models for everything. Connections and turns are shared.
    #[must_use]
    pub fn answering_with(&self, model: &str) -> Self {
        Self {
            server: self.server.answering_with(model),
            make: self.make.clone(),
            refuses_dimensions: Arc::default(),
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
            let answer = self.batch(&body).await?;
            vectors.add(request, &body, &answer)?;
        }
        Ok(vectors)
    }

    /// The vectors of one batch. A model that cannot have the number of dimensions is asked without,
    /// and from then on no more.
    async fn batch(&self, body: &Value) -> Result<Bytes, Fault> {
        let ask = async |body: &Value| {
            let call = Call::new("/embeddings", bytes(body));
            self.server.fetch(call, LONGEST_EMBEDDINGS).await
        };
        let Some(without) = embedding::without_dimensions(body) else {
            return ask(body).await;
        };
        if self.refuses_dimensions.load(Ordering::Relaxed) {
            return ask(&without).await;
        }
        match ask(body).await {
            Err(Fault::Status {
                status: 400 | 422, ..
            }) => {
                let answer = ask(&without).await?;
                self.refuses_dimensions.store(true, Ordering::Relaxed);
                Ok(answer)
            }
            settled => settled,
        }
    }

    /// Asks for what the request needs to know and the API does not say.
    async fn enrich(&self, chat: &mut ChatRequest, request: &ConverseRequest) {
        let config = request.inference_config.as_ref();
        let stops = config.and_then(|config| config.stop_sequences.as_ref());
        let stops = stops.is_some_and(|stops| !stops.is_empty());
        // Other servers refuse members that they do not know.
        if stops && self.make.is_llama_cpp(&self.server.http).await {
            chat.body["verbose"] = json!(true);
        }
    }
}

/// The call of a conversation, and what makes events of its answer.
fn conversation(
    chat: &ChatRequest,
    request: ConverseRequest,
    reasoning: Reasoning,
) -> (Call, ChatStream) {
    let body = bytes(&chat.body);
    let config = request.inference_config;
    let chunks = ChatStream::new(Expectations {
        input_bytes: chat.text_bytes,
        seed: chance::hash64(&body, 0),
        stop_sequences: config
            .and_then(|config| config.stop_sequences)
            .unwrap_or_default(),
        field_paths: request.additional_model_response_field_paths,
        reasoning,
    });
    (Call::new("/chat/completions", body), chunks)
}

/// The call for images.
async fn drawing(request: &Arc<ImageRequest>, model: String) -> Result<Call, EngineError> {
    if request.edit == ImageEdit::None {
        let body = bytes(&image::generation(request, &model));
        return Ok(Call::new("/images/generations", body));
    }
    let request = Arc::clone(request);
    // Files may be large, and masks are converted.
    let made = tokio::task::spawn_blocking(move || {
        let form = image::edit(&request, &model)?;
        Ok::<_, EngineError>(form.encode())
    });
    let (kind, body) = made
        .await
        .map_err(|error| EngineError::Internal(error.to_string()))??;
    let mut call = Call::new("/images/edits", body);
    if let Ok(kind) = kind.parse() {
        call.headers.insert(CONTENT_TYPE, kind);
    }
    Ok(call)
}

impl Engine for OpenAiEngine {
    fn converse(&self, mut request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        Box::pin(async move {
            let (model, model_id) = (request.model.clone(), request.model_id.clone());
            let names = self.server.names(Task::Answer, &[&model.id, &model_id])?;
            let settings = &self.server.settings;
            documents::read(&mut request.messages, settings, settings.pdf).await?;
            let mut chat = openai::chat(&request, names.model)?;
            self.enrich(&mut chat, &request).await;
            let (call, chunks) = conversation(&chat, request, settings.reasoning);
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
            let names = self
                .server
                .names(Task::Embed, &[&request.model.id, &request.model_id])?;
            let encoding = self.server.settings.encoding_format;
            let batches = embedding::batches(&request, names.model, encoding)?;
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
            let names = self
                .server
                .names(Task::Rerank, &[&request.model.id, &request.model_id])?;
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
            let request = Arc::new(request);
            let names = self
                .server
                .names(Task::Draw, &[&request.model.id, &request.model_id])?;
            let call = drawing(&request, names.model.to_owned()).await?;
            let drawn = async {
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
