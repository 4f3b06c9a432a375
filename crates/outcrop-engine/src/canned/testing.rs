//! Requests for tests.

use std::sync::Arc;

use bedrock_runtime_smithy::model::{
    CachePointBlock, CachePointType, CacheTtl, ContentBlock, ConversationRole,
    InferenceConfiguration, Message, Tool, ToolChoice, ToolConfiguration, ToolInputSchema,
    ToolResultBlock, ToolResultContentBlock, ToolSpecification, ToolUseBlock,
};
use futures_util::FutureExt;
use outcrop_catalogue::Catalogue;
use serde_json::Value;

use super::CannedEngine;
use crate::{Answer, Caller, ConverseRequest, Engine, EngineError, document, fold};

pub(super) const CLAUDE: &str = "anthropic.claude-sonnet-4-5-20250929-v1:0";
pub(super) const NOVA: &str = "amazon.nova-lite-v1:0";
pub(super) const GPT_OSS: &str = "openai.gpt-oss-120b-1:0";

/// A request of one user message.
pub(super) fn request(model: &str, content: Vec<ContentBlock>) -> ConverseRequest {
    let model = Arc::clone(Catalogue::builtin().unwrap().model(model).unwrap());
    ConverseRequest {
        model_id: model.id.clone(),
        model,
        caller: Caller {
            account: "123456789012".into(),
            region: "us-east-1".into(),
        },
        messages: vec![user(content)],
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

pub(super) fn ask(model: &str, question: &str) -> ConverseRequest {
    request(model, vec![text(question)])
}

pub(super) fn user(content: Vec<ContentBlock>) -> Message {
    Message {
        content,
        role: ConversationRole::User,
    }
}

pub(super) fn assistant(content: Vec<ContentBlock>) -> Message {
    Message {
        content,
        role: ConversationRole::Assistant,
    }
}

pub(super) fn text(text: &str) -> ContentBlock {
    ContentBlock::Text(text.to_owned())
}

pub(super) fn point() -> CachePointBlock {
    CachePointBlock {
        r#type: CachePointType::Default,
        ttl: None,
    }
}

pub(super) fn hour() -> CachePointBlock {
    CachePointBlock {
        ttl: Some(CacheTtl::OneHour),
        ..point()
    }
}

pub(super) fn limits(max_tokens: Option<i32>, stop_sequences: &[&str]) -> InferenceConfiguration {
    InferenceConfiguration {
        max_tokens,
        stop_sequences: Some(stop_sequences.iter().map(|&stop| stop.to_owned()).collect()),
        temperature: None,
        top_p: None,
    }
}

pub(super) fn tools(tools: &[(&str, Value)], tool_choice: Option<ToolChoice>) -> ToolConfiguration {
    let tool = |(name, schema): &(&str, Value)| {
        Tool::ToolSpec(ToolSpecification {
            description: None,
            input_schema: ToolInputSchema::Json(document::to_document(schema)),
            name: (*name).to_owned(),
            strict: None,
        })
    };
    ToolConfiguration {
        tool_choice,
        tools: tools.iter().map(tool).collect(),
    }
}

pub(super) fn tool_use(id: &str, name: &str, input: &Value) -> ContentBlock {
    ContentBlock::ToolUse(ToolUseBlock {
        input: document::to_document(input),
        name: name.to_owned(),
        tool_use_id: id.to_owned(),
        r#type: None,
    })
}

pub(super) fn tool_result(id: &str, result: &str) -> ContentBlock {
    ContentBlock::ToolResult(ToolResultBlock {
        content: vec![ToolResultContentBlock::Text(result.to_owned())],
        status: None,
        tool_use_id: id.to_owned(),
        r#type: None,
    })
}

/// The answer, folded.
pub(super) fn answer(
    engine: &CannedEngine,
    request: &ConverseRequest,
) -> Result<Answer, EngineError> {
    let events = engine.converse(request.clone()).now_or_never().unwrap()?;
    fold(events).now_or_never().unwrap()
}

/// The one text block of an answer.
pub(super) fn only_text(answer: &Answer) -> &str {
    match answer.message.content.as_slice() {
        [ContentBlock::Text(text)] => text,
        other => panic!("{other:?}"),
    }
}
