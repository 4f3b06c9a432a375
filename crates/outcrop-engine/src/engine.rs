//! The trait that everything that answers implements.

use std::pin::Pin;

use bedrock_runtime_smithy::model;
use futures_util::Stream;

use crate::{
    EngineError,
    request::{
        ConverseRequest, EmbedRequest, Embeddings, ImageRequest, RerankRequest, RerankResult,
        VideoRequest,
    },
};

/// One event of an answer, in the words of `ConverseStream`.
///
/// Order, as recorded: `MessageStart`; for each block `ContentBlockStart` (tool use and tool
/// results only), deltas, `ContentBlockStop`; `MessageStop`; `Metadata`.
pub type StreamEvent = model::ConverseStreamOutput;

/// The events of one answer. It ends after its first error.
pub type EventStream = Pin<Box<dyn Stream<Item = Result<StreamEvent, EngineError>> + Send + Sync>>;

/// What a call to an engine resolves to.
pub type EngineFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, EngineError>> + Send + 'a>>;

/// Something that answers inference requests: the canned engine, or a model behind a server.
///
/// The handlers have resolved the model, and have checked the conversation's rules and the model's
/// capabilities, before they call an engine.
pub trait Engine: Send + Sync + 'static {
    /// Starts an answer. It resolves when the first event is known, so that what fails before it
    /// can still be an HTTP error.
    fn converse(&self, request: ConverseRequest) -> EngineFuture<'_, EventStream>;

    /// Counts the tokens of a request's input, as `usage.inputTokens` would have it.
    fn count_tokens(&self, request: ConverseRequest) -> EngineFuture<'_, u32>;

    /// Turns each input into a vector.
    fn embed(&self, request: EmbedRequest) -> EngineFuture<'_, Embeddings>;

    /// Orders documents by their relevance to a query, best first.
    fn rerank(&self, request: RerankRequest) -> EngineFuture<'_, Vec<RerankResult>>;

    /// Draws images, each one an encoded PNG file.
    fn generate_images(&self, request: ImageRequest) -> EngineFuture<'_, Vec<Vec<u8>>>;

    /// Draws a video, an MP4 file.
    fn generate_video(&self, request: VideoRequest) -> EngineFuture<'_, Vec<u8>>;
}
