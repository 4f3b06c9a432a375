//! The smallest requests that tell whether a model works.

use std::sync::Arc;

use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, InferenceConfiguration, Message,
};
use outcrop_catalogue::Model;
use outcrop_engine::{
    Caller, ConverseRequest, EmbedInput, EmbedRequest, ImageEdit, ImageFormat, ImageRequest,
    RerankRequest, VideoRequest, VideoShot,
};

/// Length of the vector that is asked for; what a model has beyond it is cut.
const DIMENSIONS: usize = 64;

/// Pixels of a side of the image that is asked for, which every model can draw.
const SIDE: u32 = 1024;

fn caller() -> Caller {
    Caller {
        account: "000000000000".into(),
        region: "us-east-1".into(),
    }
}

/// A question whose answer has one token.
pub(super) fn chat(model: &Arc<Model>) -> ConverseRequest {
    ConverseRequest {
        model: Arc::clone(model),
        model_id: model.id.clone(),
        caller: caller(),
        messages: vec![Message {
            content: vec![ContentBlock::Text("Hi".to_owned())],
            role: ConversationRole::User,
        }],
        system: Vec::new(),
        inference_config: Some(InferenceConfiguration {
            max_tokens: Some(1),
            stop_sequences: None,
            temperature: None,
            top_p: None,
        }),
        tool_config: None,
        output_config: None,
        performance_config: None,
        service_tier: None,
        additional_model_request_fields: None,
        additional_model_response_field_paths: Vec::new(),
        native_body: None,
        choice: 0,
    }
}

/// A word to embed.
pub(super) fn embed(model: &Arc<Model>) -> EmbedRequest {
    EmbedRequest {
        model: Arc::clone(model),
        model_id: model.id.clone(),
        caller: caller(),
        inputs: vec![EmbedInput::Text("Hi".to_owned())],
        dimensions: DIMENSIONS,
        normalize: true,
    }
}

/// An image, the least that can be drawn.
pub(super) fn draw(model: &Arc<Model>) -> ImageRequest {
    ImageRequest {
        model: Arc::clone(model),
        model_id: model.id.clone(),
        caller: caller(),
        prompt: "A grey stone".to_owned(),
        negative_prompt: String::new(),
        sources: Vec::new(),
        edit: ImageEdit::None,
        width: SIDE,
        height: SIDE,
        count: 1,
        seed: 1,
        transparent: false,
        format: ImageFormat::Png,
    }
}

/// Two documents to order.
pub(super) fn rerank(model: &Arc<Model>) -> RerankRequest {
    RerankRequest {
        model: Arc::clone(model),
        model_id: model.id.clone(),
        caller: caller(),
        query: "stone".to_owned(),
        documents: vec!["granite".to_owned(), "water".to_owned()],
        top_n: None,
    }
}

/// A second of video.
pub(super) fn video(model: &Arc<Model>) -> VideoRequest {
    VideoRequest {
        model: Arc::clone(model),
        caller: caller(),
        shots: vec![VideoShot {
            prompt: "Hi".to_owned(),
            images: Vec::new(),
            seed: 0,
        }],
        seconds_per_shot: 1,
        width: 1280,
        height: 720,
        frames_per_second: 24,
        loops: false,
    }
}
