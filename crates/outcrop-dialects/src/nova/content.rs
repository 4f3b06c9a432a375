//! Content blocks, read after the schema has approved them.

use aws_smithy_types::{Blob, base64};
use bedrock_runtime_smithy::model::{
    CachePointBlock, CachePointType, CacheTtl, ContentBlock, DocumentBlock, DocumentFormat,
    DocumentSource, ImageBlock, ImageFormat, ImageSource, ReasoningContentBlock,
    ReasoningTextBlock, S3Location, ToolResultBlock, ToolResultContentBlock, ToolResultStatus,
    ToolUseBlock, VideoBlock, VideoSource,
};
use outcrop_engine::document;
use serde_json::Value;

use crate::DialectError;

/// The blocks of a message. One element may hold several, for instance a text and a cache point (recorded).
pub(super) fn blocks(content: &Value) -> Result<Vec<ContentBlock>, DialectError> {
    let mut blocks = Vec::new();
    for element in content.as_array().into_iter().flatten() {
        let before = blocks.len();
        for (name, value) in element.as_object().into_iter().flatten() {
            if name != "cachePoint" {
                blocks.push(block(name, value)?);
            }
        }
        blocks.extend(cache_point(element).map(ContentBlock::CachePoint));
        if blocks.len() == before {
            return Err(DialectError::Schema(
                "#/messages: required key [text] not found".into(),
            ));
        }
    }
    Ok(blocks)
}

fn block(name: &str, value: &Value) -> Result<ContentBlock, DialectError> {
    Ok(match name {
        "image" => ContentBlock::Image(image(value)?),
        "document" => ContentBlock::Document(document(value)?),
        "video" => ContentBlock::Video(video(value)?),
        "toolUse" => ContentBlock::ToolUse(ToolUseBlock {
            input: document::to_document(&value["input"]),
            name: text(&value["name"]),
            tool_use_id: text(&value["toolUseId"]),
            r#type: of_server(value),
        }),
        "toolResult" => ContentBlock::ToolResult(tool_result(value)?),
        "reasoningContent" => ContentBlock::ReasoningContent(reasoning(value)?),
        _ => ContentBlock::Text(text(value)),
    })
}

/// The cache point of an element, after what else it holds.
pub(super) fn cache_point(element: &Value) -> Option<CachePointBlock> {
    let point = element.get("cachePoint")?;
    let ttl = point
        .get("ttl")
        .and_then(Value::as_str)
        .and_then(|ttl| CacheTtl::try_from(ttl).ok());
    Some(CachePointBlock {
        ttl,
        r#type: CachePointType::Default,
    })
}

/// A string; the schema has seen to it that it is one.
pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn image(value: &Value) -> Result<ImageBlock, DialectError> {
    let format = ImageFormat::try_from(text(&value["format"]).as_str()).unwrap_or(ImageFormat::Png);
    let source = source(
        &value["source"],
        ImageSource::Bytes,
        ImageSource::S3Location,
    )?;
    Ok(ImageBlock {
        error: None,
        format,
        source,
    })
}

fn document(value: &Value) -> Result<DocumentBlock, DialectError> {
    let format =
        DocumentFormat::try_from(text(&value["format"]).as_str()).unwrap_or(DocumentFormat::Txt);
    let source = source(
        &value["source"],
        DocumentSource::Bytes,
        DocumentSource::S3Location,
    )?;
    Ok(DocumentBlock {
        citations: None,
        context: None,
        format,
        name: text(&value["name"]),
        source,
    })
}

fn video(value: &Value) -> Result<VideoBlock, DialectError> {
    let source = source(
        &value["source"],
        VideoSource::Bytes,
        VideoSource::S3Location,
    )?;
    Ok(VideoBlock {
        format: text(&value["format"]),
        source,
    })
}

fn source<T>(
    value: &Value,
    of_bytes: impl FnOnce(Blob) -> T,
    of_location: impl FnOnce(S3Location) -> T,
) -> Result<T, DialectError> {
    if let Some(location) = value.get("s3Location") {
        let bucket_owner = location.get("bucketOwner").map(text);
        return Ok(of_location(S3Location {
            bucket_owner,
            uri: text(&location["uri"]),
        }));
    }
    let bytes = value.get("bytes").and_then(Value::as_str);
    let bytes = bytes.and_then(|bytes| base64::decode(bytes).ok());
    let bytes = bytes
        .ok_or_else(|| DialectError::Schema("#/messages: required key [bytes] not found".into()))?;
    Ok(of_bytes(Blob::new(bytes)))
}

fn tool_result(value: &Value) -> Result<ToolResultBlock, DialectError> {
    let mut content = Vec::new();
    for (name, part) in value["content"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .flatten()
    {
        content.push(match name.as_str() {
            "json" => ToolResultContentBlock::Json(document::to_document(part)),
            "image" => ToolResultContentBlock::Image(image(part)?),
            "document" => ToolResultContentBlock::Document(document(part)?),
            "video" => ToolResultContentBlock::Video(video(part)?),
            _ => ToolResultContentBlock::Text(text(part)),
        });
    }
    let status = value.get("status").map(|status| {
        if status == "error" {
            ToolResultStatus::Error
        } else {
            ToolResultStatus::Success
        }
    });
    Ok(ToolResultBlock {
        content,
        status,
        tool_use_id: text(&value["toolUseId"]),
        r#type: of_server(value),
    })
}

/// The type of calls and results of tools that the service runs, such as `server_tool_use`; others have none in Converse.
fn of_server(value: &Value) -> Option<String> {
    let r#type = value.get("type").and_then(Value::as_str);
    r#type
        .filter(|r#type| !matches!(*r#type, "tool_use" | "tool_result"))
        .map(str::to_owned)
}

fn reasoning(value: &Value) -> Result<ReasoningContentBlock, DialectError> {
    if let Some(data) = value.get("redactedContent").and_then(Value::as_str) {
        let data = base64::decode(data).map_err(|_| DialectError::Malformed)?;
        return Ok(ReasoningContentBlock::RedactedContent(Blob::new(data)));
    }
    let reasoning = &value["reasoningText"];
    Ok(ReasoningContentBlock::ReasoningText(ReasoningTextBlock {
        signature: reasoning["signature"].as_str().map(str::to_owned),
        text: text(&reasoning["text"]),
    }))
}
