//! Content blocks.

use bedrock_runtime_smithy::model::{
    CachePointBlock, CitationGeneratedContent, CitationsConfig, CitationsContentBlock,
    ContentBlock, DocumentBlock, DocumentContentBlock, DocumentFormat, DocumentSource,
    GuardrailConverseContentBlock, GuardrailConverseImageSource, ImageBlock, ImageSource,
    ReasoningContentBlock, SearchResultBlock, ToolResultBlock, ToolResultContentBlock,
    ToolResultStatus, ToolUseBlock,
};
use outcrop_engine::{EngineError, document::to_value};
use serde_json::{Value, json};

use super::citation;
pub(super) use crate::openai::refuse;

/// Adds a block to those of its message. A cache point is a mark of the block before it.
pub(super) fn block(block: &ContentBlock, blocks: &mut Vec<Value>) -> Result<(), EngineError> {
    blocks.push(match block {
        ContentBlock::Text(said) => text(said),
        ContentBlock::Image(block) => image(block)?,
        ContentBlock::Document(block) => document(block)?,
        ContentBlock::SearchResult(block) => search_result(block),
        ContentBlock::CitationsContent(block) => cited(block),
        ContentBlock::ReasoningContent(block) => reasoning(block),
        ContentBlock::ToolUse(call) => tool_use(call),
        ContentBlock::ToolResult(result) => tool_result(result)?,
        ContentBlock::GuardContent(GuardrailConverseContentBlock::Text(guarded)) => {
            text(&guarded.text)
        }
        ContentBlock::GuardContent(GuardrailConverseContentBlock::Image(guarded)) => {
            let GuardrailConverseImageSource::Bytes(bytes) = &guarded.source;
            image_of(guarded.format.as_str(), bytes.as_ref())
        }
        ContentBlock::CachePoint(point) => {
            cache(blocks, point);
            return Ok(());
        }
        ContentBlock::Video(_) => return Err(refuse("videos", "send images of it")),
        ContentBlock::Audio(_) => return Err(refuse("audio", "send its text")),
        ContentBlock::ToolAddition(_) | ContentBlock::ToolRemoval(_) => {
            return Err(refuse(
                "tools that come and go within a conversation",
                "list all of them in toolConfig",
            ));
        }
    });
    Ok(())
}

/// Marks the last block: what comes up to it is to be cached. There is nothing to cache before the first.
pub(super) fn cache(blocks: &mut [Value], point: &CachePointBlock) {
    if let Some(last) = blocks.last_mut() {
        let mut control = json!({"type": "ephemeral"});
        if let Some(ttl) = point.ttl {
            control["ttl"] = json!(ttl.as_str());
        }
        last["cache_control"] = control;
    }
}

pub(super) fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn image(block: &ImageBlock) -> Result<Value, EngineError> {
    match &block.source {
        ImageSource::Bytes(bytes) => Ok(image_of(block.format.as_str(), bytes.as_ref())),
        ImageSource::S3Location(_) => Err(refuse("images from Amazon S3", "send their bytes")),
    }
}

fn image_of(format: &str, bytes: &[u8]) -> Value {
    json!({"type": "image", "source": base64(&format!("image/{format}"), bytes)})
}

fn base64(media_type: &str, bytes: &[u8]) -> Value {
    let data = aws_smithy_types::base64::encode(bytes);
    json!({"type": "base64", "media_type": media_type, "data": data})
}

fn document(block: &DocumentBlock) -> Result<Value, EngineError> {
    let plain = |text: &str| json!({"type": "text", "media_type": "text/plain", "data": text});
    let source = match &block.source {
        DocumentSource::Text(text) => plain(text),
        DocumentSource::Content(parts) => {
            let parts = parts.iter();
            let parts = parts.map(|DocumentContentBlock::Text(part)| text(part));
            json!({"type": "content", "content": parts.collect::<Vec<_>>()})
        }
        DocumentSource::Bytes(bytes) if block.format == DocumentFormat::Pdf => {
            base64("application/pdf", bytes.as_ref())
        }
        DocumentSource::Bytes(bytes) => plain(decode(block, bytes.as_ref())?),
        DocumentSource::S3Location(_) => {
            return Err(refuse("documents from Amazon S3", "send their bytes"));
        }
    };
    let mut written = json!({"type": "document", "source": source, "title": block.name});
    if let Some(context) = &block.context {
        written["context"] = json!(context);
    }
    with_citations(&mut written, block.citations.as_ref());
    Ok(written)
}

fn decode<'a>(block: &DocumentBlock, bytes: &'a [u8]) -> Result<&'a str, EngineError> {
    use DocumentFormat as F;
    match block.format {
        F::Doc | F::Docx | F::Xls | F::Xlsx => Err(refuse(
            &format!("{} documents", block.format.as_str()),
            "send them as pdf, or their text as txt, md, csv or html",
        )),
        _ => std::str::from_utf8(bytes).map_err(|_| {
            let name = &block.name;
            EngineError::Validation(format!(
                "The document {name:?} is not UTF-8 text. Save it as UTF-8 and try again."
            ))
        }),
    }
}

fn with_citations(written: &mut Value, citations: Option<&CitationsConfig>) {
    if let Some(citations) = citations {
        written["citations"] = json!({"enabled": citations.enabled});
    }
}

fn search_result(block: &SearchResultBlock) -> Value {
    let content = block.content.iter().map(|content| text(&content.text));
    let mut written = json!({
        "type": "search_result",
        "source": block.source,
        "title": block.title,
        "content": content.collect::<Vec<_>>(),
    });
    with_citations(&mut written, block.citations.as_ref());
    written
}

fn cited(block: &CitationsContentBlock) -> Value {
    let parts = block.content.iter().flatten();
    let said: String = parts
        .map(|CitationGeneratedContent::Text(text)| text.as_str())
        .collect();
    let citations = block.citations.iter().flatten();
    let citations: Vec<_> = citations.filter_map(citation::write).collect();
    let mut written = text(&said);
    if !citations.is_empty() {
        written["citations"] = Value::Array(citations);
    }
    written
}

/// Converse's blob holds redacted thinking as the provider spelled it (recorded).
fn reasoning(block: &ReasoningContentBlock) -> Value {
    match block {
        ReasoningContentBlock::ReasoningText(block) => {
            let signature = block.signature.as_deref().unwrap_or_default();
            json!({"type": "thinking", "thinking": block.text, "signature": signature})
        }
        ReasoningContentBlock::RedactedContent(data) => {
            let data = String::from_utf8_lossy(data.as_ref());
            json!({"type": "redacted_thinking", "data": data})
        }
    }
}

fn tool_use(call: &ToolUseBlock) -> Value {
    json!({
        "type": call.r#type.as_deref().unwrap_or("tool_use"),
        "id": call.tool_use_id,
        "name": call.name,
        "input": to_value(&call.input),
    })
}

fn tool_result(result: &ToolResultBlock) -> Result<Value, EngineError> {
    let r#type = result.r#type.as_deref().unwrap_or("tool_result");
    if r#type != "tool_result"
        && let Some(ToolResultContentBlock::Json(json)) = result.content.first()
        && let Some(content) = to_value(json).get("content")
    {
        // What a tool of the provider's said, as it was read.
        return Ok(json!({"type": r#type, "tool_use_id": result.tool_use_id, "content": content}));
    }
    let mut content = Vec::with_capacity(result.content.len());
    for part in &result.content {
        content.push(match part {
            ToolResultContentBlock::Text(said) => text(said),
            ToolResultContentBlock::Json(value) => text(&to_value(value).to_string()),
            ToolResultContentBlock::Image(block) => image(block)?,
            ToolResultContentBlock::Document(block) => document(block)?,
            ToolResultContentBlock::SearchResult(block) => search_result(block),
            ToolResultContentBlock::Video(_) => return Err(refuse("videos", "send images of it")),
        });
    }
    let mut written = json!({
        "type": "tool_result",
        "tool_use_id": result.tool_use_id,
        "content": content,
    });
    if result.status == Some(ToolResultStatus::Error) {
        written["is_error"] = json!(true);
    }
    Ok(written)
}
