//! What a native body asks for.

use std::sync::Arc;

use bedrock_runtime_smithy::model::{
    InferenceConfiguration, Message, OutputConfig, SystemContentBlock, ToolConfiguration,
};
use outcrop_catalogue::Model;
use outcrop_engine::{
    Caller, ConverseRequest, EmbedInput, EmbedRequest, ImageEdit, ImageFormat, ImageRequest,
    RerankRequest,
};
use serde_json::Value;

use crate::{ChatResponder, EmbedResponder, ImageResponder, RerankResponder};

/// A native body, understood, and who answers it in the same dialect.
pub enum Call {
    /// A conversation.
    Converse(Box<ConverseParts>, Box<dyn ChatResponder>),
    /// Vectors.
    Embed(EmbedParts, Box<dyn EmbedResponder>),
    /// An order of documents.
    Rerank(RerankParts, Box<dyn RerankResponder>),
    /// Images.
    Image(ImageParts, Box<dyn ImageResponder>),
}

/// The members of a [`ConverseRequest`] that a native body decides.
#[derive(Debug, Clone, Default)]
pub struct ConverseParts {
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
    /// The parameters that Converse has no member for, members in sorted order.
    pub additional_model_request_fields: Option<Value>,
    /// What the responder wants to know beyond what Converse tells.
    pub additional_model_response_field_paths: Vec<String>,
    /// How many answers are asked for, where the body says so: each is a request of its own to an engine.
    pub choices: Option<u32>,
}

impl ConverseParts {
    /// The whole request. Latency and service tier come in headers: the handler sets them, and the
    /// body itself.
    #[must_use]
    pub fn into_request(
        self,
        model: Arc<Model>,
        model_id: String,
        caller: Caller,
    ) -> ConverseRequest {
        ConverseRequest {
            model,
            model_id,
            caller,
            messages: self.messages,
            system: self.system,
            inference_config: self.inference_config,
            tool_config: self.tool_config,
            output_config: self.output_config,
            performance_config: None,
            service_tier: None,
            additional_model_request_fields: self.additional_model_request_fields,
            additional_model_response_field_paths: self.additional_model_response_field_paths,
            native_body: None,
            choice: 0,
        }
    }
}

/// The members of an [`EmbedRequest`] that a native body decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbedParts {
    /// One vector for each.
    pub inputs: Vec<EmbedInput>,
    /// Length of each vector.
    pub dimensions: usize,
    /// Whether vectors have length one.
    pub normalize: bool,
}

impl EmbedParts {
    /// The whole request.
    #[must_use]
    pub fn into_request(self, model: Arc<Model>, model_id: String, caller: Caller) -> EmbedRequest {
        let Self {
            inputs,
            dimensions,
            normalize,
        } = self;
        EmbedRequest {
            model,
            model_id,
            caller,
            inputs,
            dimensions,
            normalize,
        }
    }
}

/// The members of a [`RerankRequest`] that a native body decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RerankParts {
    /// What is looked for.
    pub query: String,
    /// Where it is looked for.
    pub documents: Vec<String>,
    /// How many results at most.
    pub top_n: Option<usize>,
}

impl RerankParts {
    /// The whole request.
    #[must_use]
    pub fn into_request(
        self,
        model: Arc<Model>,
        model_id: String,
        caller: Caller,
    ) -> RerankRequest {
        let Self {
            query,
            documents,
            top_n,
        } = self;
        RerankRequest {
            model,
            model_id,
            caller,
            query,
            documents,
            top_n,
        }
    }
}

/// The members of an [`ImageRequest`] that a native body decides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImageParts {
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
    /// Whether the ground is left out.
    pub transparent: bool,
    /// The type of each file.
    pub format: ImageFormat,
}

impl ImageParts {
    /// The whole request.
    #[must_use]
    pub fn into_request(self, model: Arc<Model>, model_id: String, caller: Caller) -> ImageRequest {
        let Self {
            prompt,
            negative_prompt,
            sources,
            edit,
            width,
            height,
            count,
            seed,
            transparent,
            format,
        } = self;
        ImageRequest {
            model,
            model_id,
            caller,
            prompt,
            negative_prompt,
            sources,
            edit,
            width,
            height,
            count,
            seed,
            transparent,
            format,
        }
    }
}
