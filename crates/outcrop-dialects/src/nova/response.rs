//! A whole answer.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, ContentBlock, ReasoningContentBlock, TokenUsage, ToolResultBlock,
    ToolResultContentBlock, ToolResultStatus,
};
use outcrop_engine::{Answer, document};
use serde_json::{Value, json};

use super::stream::PieceStream;
use crate::{ChatResponder, ChatStream};

/// Answers `messages-v1` bodies.
pub(super) struct Responder;

impl ChatResponder for Responder {
    fn response(&self, answer: &Answer) -> Value {
        let content: Vec<_> = answer.message.content.iter().filter_map(block).collect();
        json!({
            "output": {"message": {"content": content, "role": "assistant"}},
            "stopReason": answer.stop_reason.as_str(),
            "usage": usage(&answer.usage),
        })
    }

    fn stream(&self, _input_tokens: u32) -> Box<dyn ChatStream> {
        Box::new(PieceStream::default())
    }
}

fn block(block: &ContentBlock) -> Option<Value> {
    Some(match block {
        ContentBlock::Text(text) => json!({"text": text}),
        ContentBlock::ToolUse(call) => {
            let input = document::to_value(&call.input);
            let mut told =
                json!({"name": call.name, "toolUseId": call.tool_use_id, "input": input});
            if let Some(r#type) = &call.r#type {
                told["type"] = json!(r#type);
            }
            json!({"toolUse": told})
        }
        ContentBlock::ToolResult(result) => json!({"toolResult": server_result(result)}),
        ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block)) => {
            json!({"reasoningContent": {"reasoningText": {"text": block.text}}})
        }
        ContentBlock::CitationsContent(block) => {
            let parts = block.content.iter().flatten();
            let text = parts.map(|CitationGeneratedContent::Text(text)| text.as_str());
            json!({"text": text.collect::<String>()})
        }
        _ => return None,
    })
}

/// The result of a tool that the service ran.
fn server_result(result: &ToolResultBlock) -> Value {
    let content: Vec<_> = result
        .content
        .iter()
        .filter_map(|part| match part {
            ToolResultContentBlock::Text(text) => Some(json!({"text": text})),
            ToolResultContentBlock::Json(value) => Some(json!({"json": document::to_value(value)})),
            _ => None,
        })
        .collect();
    json!({
        "toolUseId": result.tool_use_id,
        "content": content,
        "status": result.status.as_ref().map(ToolResultStatus::as_str),
        "type": result.r#type,
    })
}

fn usage(usage: &TokenUsage) -> Value {
    json!({
        "inputTokens": usage.input_tokens.unwrap_or_default(),
        "outputTokens": usage.output_tokens.unwrap_or_default(),
        "totalTokens": usage.total_tokens.unwrap_or_default(),
        "cacheReadInputTokenCount": usage.cache_read_input_tokens.unwrap_or_default(),
        "cacheWriteInputTokenCount": usage.cache_write_input_tokens.unwrap_or_default(),
    })
}
