//! Requests, and what their answers say.

use std::{num::NonZeroUsize, time::Duration};

use bedrock_runtime_smithy::model::{ContentBlock, ConversationRole, Message};
use futures_util::StreamExt;
use outcrop_backends::{ApiKey, BackendSettings, OpenAiEngine};
use outcrop_catalogue::Catalogue;
use outcrop_engine::{
    Answer, Caller, ConverseRequest, EmbedInput, EmbedRequest, Engine, EngineError, StreamEvent,
    fold,
};

use super::Backend;

/// Settings under which nothing ends before it should, but is not waited for forever.
pub(crate) fn patient(url: &str) -> BackendSettings {
    BackendSettings {
        api_key: Some(ApiKey("secret".to_owned())),
        models: "amazon.*=llama3.1:8b".parse().unwrap(),
        embedding_models: "nomic-embed-text".parse().unwrap(),
        image_models: "sdxl".parse().unwrap(),
        rerank_models: "bge-reranker".parse().unwrap(),
        timeout: Duration::from_mins(1),
        idle_timeout: Duration::from_mins(1),
        concurrency: NonZeroUsize::new(8).unwrap(),
        queue: 8,
        retries: 0,
        ..BackendSettings::new(url)
    }
}

/// An engine for the server.
pub(crate) fn engine(backend: &Backend) -> OpenAiEngine {
    OpenAiEngine::new(patient(&backend.url)).unwrap()
}

/// Who asks.
pub(crate) fn caller() -> Caller {
    Caller {
        account: "123456789012".into(),
        region: "us-east-1".into(),
    }
}

/// A question.
pub(crate) fn ask(text: &str) -> ConverseRequest {
    let catalogue = Catalogue::builtin().unwrap();
    ConverseRequest {
        model: catalogue.model("amazon.nova-lite-v1:0").unwrap().clone(),
        model_id: "us.amazon.nova-lite-v1:0".to_owned(),
        caller: caller(),
        messages: vec![Message {
            content: vec![ContentBlock::Text(text.to_owned())],
            role: ConversationRole::User,
        }],
        system: Vec::new(),
        inference_config: None,
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

/// Texts to embed.
pub(crate) fn embed(texts: &[&str], dimensions: usize) -> EmbedRequest {
    let catalogue = Catalogue::builtin().unwrap();
    let inputs = texts.iter();
    EmbedRequest {
        model: catalogue
            .model("amazon.titan-embed-text-v2:0")
            .unwrap()
            .clone(),
        model_id: "amazon.titan-embed-text-v2:0".to_owned(),
        caller: caller(),
        inputs: inputs
            .map(|text| EmbedInput::Text((*text).to_owned()))
            .collect(),
        dimensions,
        normalize: true,
    }
}

/// The whole answer to a question.
pub(crate) async fn whole(engine: &OpenAiEngine) -> Result<Answer, EngineError> {
    fold(engine.converse(ask("Hello")).await?).await
}

/// The events of the answer to a question, once it has begun.
pub(crate) async fn events(engine: &OpenAiEngine) -> Vec<Result<StreamEvent, EngineError>> {
    let events = engine.converse(ask("Hello")).await.unwrap();
    events.collect().await
}

/// What an answer says.
pub(crate) fn text(answer: &Answer) -> String {
    let blocks = answer.message.content.iter();
    blocks
        .filter_map(|block| match block {
            ContentBlock::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}
