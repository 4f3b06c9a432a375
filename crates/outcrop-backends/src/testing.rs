//! Requests for tests.

use std::collections::HashMap;

use aws_smithy_types::{Blob, Document};
use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, ImageBlock, ImageFormat, ImageSource, InferenceConfiguration,
    Message, Tool, ToolChoice, ToolConfiguration, ToolInputSchema, ToolResultBlock,
    ToolResultContentBlock, ToolSpecification, ToolUseBlock,
};
use outcrop_catalogue::Catalogue;
use outcrop_engine::{Caller, ConverseRequest, ImageRequest, RerankRequest, document};
use serde_json::Value;

/// A request with one message.
pub(crate) fn ask(text: &str) -> ConverseRequest {
    let catalogue = Catalogue::builtin().unwrap();
    ConverseRequest {
        model: catalogue.model("amazon.nova-lite-v1:0").unwrap().clone(),
        model_id: "us.amazon.nova-lite-v1:0".to_owned(),
        caller: Caller {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        },
        messages: vec![user(vec![ContentBlock::Text(text.to_owned())])],
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

/// The same to a model of Anthropic's.
pub(crate) fn ask_claude(text: &str) -> ConverseRequest {
    let catalogue = Catalogue::builtin().unwrap();
    let id = "anthropic.claude-sonnet-4-5-20250929-v1:0";
    ConverseRequest {
        model: catalogue.model(id).unwrap().clone(),
        model_id: format!("us.{id}"),
        ..ask(text)
    }
}

pub(crate) fn user(content: Vec<ContentBlock>) -> Message {
    Message {
        content,
        role: ConversationRole::User,
    }
}

pub(crate) fn assistant(content: Vec<ContentBlock>) -> Message {
    Message {
        content,
        role: ConversationRole::Assistant,
    }
}

pub(crate) fn limits() -> InferenceConfiguration {
    InferenceConfiguration {
        max_tokens: Some(100),
        stop_sequences: Some(vec!["END".to_owned()]),
        temperature: Some(0.7),
        top_p: Some(0.9),
    }
}

pub(crate) fn image() -> ImageBlock {
    ImageBlock {
        error: None,
        format: ImageFormat::Png,
        source: ImageSource::Bytes(Blob::new(b"image")),
    }
}

pub(crate) fn tools(names: &[&str], choice: Option<ToolChoice>) -> ToolConfiguration {
    let tool = |name: &&str| {
        Tool::ToolSpec(ToolSpecification {
            description: Some(format!("Does {name}.")),
            input_schema: ToolInputSchema::Json(Document::Object(HashMap::new())),
            name: (*name).to_owned(),
            strict: None,
        })
    };
    ToolConfiguration {
        tool_choice: choice,
        tools: names.iter().map(tool).collect(),
    }
}

pub(crate) fn call(id: &str, name: &str, input: &Value) -> ContentBlock {
    ContentBlock::ToolUse(ToolUseBlock {
        input: document::to_document(input),
        name: name.to_owned(),
        tool_use_id: id.to_owned(),
        r#type: None,
    })
}

pub(crate) fn result(id: &str, content: Vec<ToolResultContentBlock>) -> ToolResultBlock {
    ToolResultBlock {
        content,
        status: None,
        tool_use_id: id.to_owned(),
        r#type: None,
    }
}

fn caller() -> Caller {
    Caller {
        account: "123456789012".into(),
        region: "us-east-1".into(),
    }
}

/// Documents to rank.
pub(crate) fn rank(documents: &[&str], top_n: Option<usize>) -> RerankRequest {
    let catalogue = Catalogue::builtin().unwrap();
    RerankRequest {
        model: catalogue.model("cohere.rerank-v3-5:0").unwrap().clone(),
        model_id: "cohere.rerank-v3-5:0".to_owned(),
        caller: caller(),
        query: "What?".to_owned(),
        documents: documents.iter().map(|text| (*text).to_owned()).collect(),
        top_n,
    }
}

/// Images to draw.
pub(crate) fn draw(prompt: &str, count: u32) -> ImageRequest {
    let catalogue = Catalogue::builtin().unwrap();
    ImageRequest {
        model: catalogue
            .model("amazon.titan-image-generator-v2:0")
            .unwrap()
            .clone(),
        model_id: "amazon.titan-image-generator-v2:0".to_owned(),
        caller: caller(),
        prompt: prompt.to_owned(),
        negative_prompt: "dogs".to_owned(),
        sources: Vec::new(),
        edit: outcrop_engine::ImageEdit::None,
        width: 512,
        height: 256,
        count,
        seed: 7,
        transparent: false,
        format: outcrop_engine::ImageFormat::Png,
    }
}
