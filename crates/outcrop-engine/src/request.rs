//! What engines are asked.

use std::sync::Arc;

use bedrock_runtime_smithy::model::{
    InferenceConfiguration, Message, OutputConfig, PerformanceConfiguration, ServiceTierType,
    SystemContentBlock, ToolConfiguration,
};
use bytes::Bytes;
use outcrop_catalogue::Model;
use serde_json::Value;

/// Who asks: the account and region of the request's credential scope.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Caller {
    /// Twelve digits.
    pub account: Arc<str>,
    /// For instance `us-east-1`.
    pub region: Arc<str>,
}

/// A conversation to go on with: what Converse, `ConverseStream`, `CountTokens` and the chat models'
/// native bodies have in common.
#[derive(Debug, Clone)]
pub struct ConverseRequest {
    /// The model that the request's id resolved to.
    pub model: Arc<Model>,
    /// The id or ARN as the client sent it, percent-decoded.
    pub model_id: String,
    /// Who asks.
    pub caller: Caller,
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// System prompts and their cache points.
    pub system: Vec<SystemContentBlock>,
    /// Token limit, sampling and stop sequences.
    pub inference_config: Option<InferenceConfiguration>,
    /// Tools that the model may call.
    pub tool_config: Option<ToolConfiguration>,
    /// The format that the answer must have.
    pub output_config: Option<OutputConfig>,
    /// Latency that the client asks for.
    pub performance_config: Option<PerformanceConfiguration>,
    /// Service tier that the client asks for.
    pub service_tier: Option<ServiceTierType>,
    /// The model's own parameters, members in sorted order.
    pub additional_model_request_fields: Option<Value>,
    /// JSON pointers of what the answer shall carry in `additionalModelResponseFields`.
    pub additional_model_response_field_paths: Vec<String>,
    /// The body as the client sent it, byte for byte, where the request came in the model's own format
    /// (`InvokeModel`, its stream, and `CountTokens` of one). An engine that speaks this format can pass
    /// on what the members above have no place for.
    pub native_body: Option<Bytes>,
    /// Which of several answers to the same request this is to be, from 0. Each is to be another one.
    pub choice: u32,
}

/// What is to be embedded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EmbedInput {
    /// A text.
    Text(String),
    /// The bytes of an image file.
    Image(Vec<u8>),
    /// A text and an image that share one vector.
    TextAndImage(String, Vec<u8>),
    /// The bytes of a sound file.
    Audio(Vec<u8>),
    /// The bytes of a video file.
    Video(Vec<u8>),
}

/// A request for vectors.
#[derive(Debug, Clone)]
pub struct EmbedRequest {
    /// The model that the request's id resolved to.
    pub model: Arc<Model>,
    /// The id or ARN as the client sent it, percent-decoded.
    pub model_id: String,
    /// Who asks.
    pub caller: Caller,
    /// One vector for each.
    pub inputs: Vec<EmbedInput>,
    /// Length of each vector.
    pub dimensions: usize,
    /// Whether vectors have length one.
    pub normalize: bool,
}

/// An answer to an [`EmbedRequest`].
#[derive(Debug, Clone, PartialEq)]
pub struct Embeddings {
    /// One for each input, in order.
    pub vectors: Vec<Vec<f32>>,
    /// Tokens of all inputs.
    pub input_tokens: u32,
}

/// A request to order documents.
#[derive(Debug, Clone)]
pub struct RerankRequest {
    /// The model that the request's id resolved to.
    pub model: Arc<Model>,
    /// The id or ARN as the client sent it, percent-decoded.
    pub model_id: String,
    /// Who asks.
    pub caller: Caller,
    /// What is looked for.
    pub query: String,
    /// Where it is looked for.
    pub documents: Vec<String>,
    /// How many results at most.
    pub top_n: Option<usize>,
}

/// One document's place in the answer to a [`RerankRequest`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RerankResult {
    /// Place of the document in the request.
    pub index: usize,
    /// From 0 to 1.
    pub relevance_score: f32,
}

/// The type of an image file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImageFormat {
    /// PNG.
    #[default]
    Png,
    /// JPEG.
    Jpeg,
    /// WebP.
    WebP,
}

/// What becomes of the sources of an [`ImageRequest`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ImageEdit {
    /// Nothing: the image is drawn from words.
    #[default]
    None,
    /// An image like them is drawn.
    Variation,
    /// The first is changed as the words say.
    Whole,
    /// The first is changed where the last, a mask of its size, has this shade.
    Masked(Shade),
    /// What this model alone does, in its own word for it.
    Other(&'static str),
}

/// A shade of a mask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// 0.
    Black,
    /// 255.
    White,
}

/// A request for images.
#[derive(Debug, Clone)]
pub struct ImageRequest {
    /// The model that the request's id resolved to.
    pub model: Arc<Model>,
    /// The id or ARN as the client sent it, percent-decoded.
    pub model_id: String,
    /// Who asks.
    pub caller: Caller,
    /// What to draw.
    pub prompt: String,
    /// What not to draw.
    pub negative_prompt: String,
    /// The files of the images that it is made from: the one to change first, then masks and references.
    pub sources: Vec<Vec<u8>>,
    /// What becomes of them.
    pub edit: ImageEdit,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// How many.
    pub count: u32,
    /// The same seed draws the same image.
    pub seed: u64,
    /// Whether the ground is left out (an alpha channel, where the format has one).
    pub transparent: bool,
    /// The type of each file.
    pub format: ImageFormat,
}

/// A part of a video that shows one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VideoShot {
    /// What to draw.
    pub prompt: String,
    /// The files of the images that it begins and ends with, as far as there are any.
    pub images: Vec<Vec<u8>>,
    /// The same seed draws the same shot.
    pub seed: u64,
}

/// A request for a video.
#[derive(Debug, Clone)]
pub struct VideoRequest {
    /// The model that the request's id resolved to.
    pub model: Arc<Model>,
    /// Who asks.
    pub caller: Caller,
    /// What it shows, one after the other.
    pub shots: Vec<VideoShot>,
    /// The length of each shot.
    pub seconds_per_shot: u32,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Pictures of a second.
    pub frames_per_second: u32,
    /// Whether it ends as it begins.
    pub loops: bool,
}
