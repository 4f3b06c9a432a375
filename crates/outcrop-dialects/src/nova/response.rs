//! A whole answer.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, ContentBlock, ReasoningContentBlock, TokenUsage,
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
            json!({"toolUse": {"name": call.name, "toolUseId": call.tool_use_id, "input": input}})
        }
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

fn usage(usage: &TokenUsage) -> Value {
    json!({
        "inputTokens": usage.input_tokens.unwrap_or_default(),
        "outputTokens": usage.output_tokens.unwrap_or_default(),
        "totalTokens": usage.total_tokens.unwrap_or_default(),
        "cacheReadInputTokenCount": usage.cache_read_input_tokens.unwrap_or_default(),
        "cacheWriteInputTokenCount": usage.cache_write_input_tokens.unwrap_or_default(),
    })
}
