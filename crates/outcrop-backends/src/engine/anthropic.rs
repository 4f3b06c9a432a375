//! A server that is compatible with Anthropic's as an [`Engine`].

use memchr::memmem;
use outcrop_engine::{
    ConverseRequest, EmbedRequest, Embeddings, Engine, EngineFuture, EventStream, ImageRequest,
    RerankRequest, RerankResult, VideoRequest, canned::chance,
};

use super::{Server, Task, cannot, no_videos};
use crate::{
    BackendError, BackendSettings,
    anthropic::{Expectations, MessageStream, MessagesRequest, messages},
    documents,
    http::{Auth, Call},
    settings::Pdf,
};

/// Asks one server for messages.
///
/// A body that came through `InvokeModel` in Anthropic's words goes on untouched, but for the members
/// that Bedrock has in other places. Everything else is converted.
#[derive(Debug)]
pub struct AnthropicEngine {
    server: Server,
    path: &'static str,
}

impl AnthropicEngine {
    /// An engine for the server, whose address may end in `/v1` or not. Nothing is asked of it yet.
    ///
    /// # Errors
    ///
    /// [`BackendError`] for an address or a key that cannot be used.
    pub fn new(settings: BackendSettings) -> Result<Self, BackendError> {
        let versioned = settings.url.trim_end_matches('/').ends_with("/v1");
        let path = if versioned {
            "/messages"
        } else {
            "/v1/messages"
        };
        let server = Server::new(settings, Auth::ApiKey)?;
        Ok(Self { server, path })
    }

    /// The same server, with one of its models for everything. Connections and turns are shared.
    #[must_use]
    pub fn answering_with(&self, model: &str) -> Self {
        Self {
            server: self.server.answering_with(model),
            path: self.path,
        }
    }

    /// The call of a conversation, and what makes events of its answer.
    fn conversation(
        &self,
        messages: MessagesRequest,
        request: ConverseRequest,
    ) -> (Call, MessageStream) {
        let MessagesRequest { headers, body } = messages;
        let chunks = MessageStream::new(Expectations {
            input_bytes: body.len(),
            seed: chance::hash64(&body, 0),
            caches: memmem::find(&body, b"\"cache_control\"").is_some(),
            field_paths: request.additional_model_response_field_paths,
        });
        let path = self.path;
        (
            Call {
                path,
                headers,
                body,
            },
            chunks,
        )
    }
}

impl Engine for AnthropicEngine {
    fn converse(&self, mut request: ConverseRequest) -> EngineFuture<'_, EventStream> {
        Box::pin(async move {
            let (model, model_id) = (request.model.clone(), request.model_id.clone());
            let names = self.server.names(Task::Answer, &[&model.id, &model_id])?;
            let settings = &self.server.settings;
            documents::read(&mut request.messages, settings, Pdf::File).await?;
            let messages = messages(&request, names.model)?;
            let (call, chunks) = self.conversation(messages, request);
            let answer = self.server.chat(call, chunks);
            let answer = self.server.in_time(names, answer).await?;
            Ok(Box::pin(answer) as EventStream)
        })
    }

    fn count_tokens(&self, request: ConverseRequest) -> EngineFuture<'_, u32> {
        self.server.counter.count_tokens(request)
    }

    fn embed(&self, _request: EmbedRequest) -> EngineFuture<'_, Embeddings> {
        Box::pin(async { Err(cannot("Nothing can be embedded")) })
    }

    fn rerank(&self, _request: RerankRequest) -> EngineFuture<'_, Vec<RerankResult>> {
        Box::pin(async { Err(cannot("Documents cannot be reranked")) })
    }

    fn generate_images(&self, _request: ImageRequest) -> EngineFuture<'_, Vec<Vec<u8>>> {
        Box::pin(async { Err(cannot("Images cannot be generated")) })
    }

    fn generate_video(&self, _request: VideoRequest) -> EngineFuture<'_, Vec<u8>> {
        let refusal = no_videos(&self.server.settings);
        Box::pin(async { Err(refusal) })
    }
}
