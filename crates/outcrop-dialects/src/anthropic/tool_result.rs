//! Results of tools, the client's and the provider's.

use bedrock_runtime_smithy::model::{
    ContentBlock, ToolResultBlock, ToolResultContentBlock, ToolResultStatus,
};
use outcrop_engine::document;
use serde_json::json;

use super::fields::{Field, Object};
use super::{cache, content};
use crate::DialectError;

/// The types of blocks that a result may have, in the order in which errors list them.
const TYPES: &[&str] = &[
    "document",
    "image",
    "search_result",
    "text",
    "tool_reference",
];

/// A result of the client's. Cache points inside of it become one after it.
pub(super) fn read(block: &Object<'_>, blocks: &mut Vec<ContentBlock>) -> Result<(), DialectError> {
    let mut content = Vec::new();
    let mut points = Vec::new();
    if let Some(parts) = block.optional("content") {
        if let Some(text) = parts.value().as_str() {
            content.push(ToolResultContentBlock::Text(text.to_owned()));
        } else {
            for part in parts.list()? {
                let (r#type, part) = part.object()?.variant(TYPES)?;
                read_part(r#type, &part, &mut content)?;
                points.extend(cache::point(&part)?);
            }
        }
    }
    let is_error = block.map("is_error", Field::boolean)?;
    blocks.push(ContentBlock::ToolResult(ToolResultBlock {
        content,
        status: is_error.map(|error| {
            if error {
                ToolResultStatus::Error
            } else {
                ToolResultStatus::Success
            }
        }),
        tool_use_id: content::id(&block.required("tool_use_id")?)?,
        r#type: None,
    }));
    blocks.extend(points.into_iter().map(ContentBlock::CachePoint));
    Ok(())
}

fn read_part(
    r#type: &str,
    part: &Object<'_>,
    content: &mut Vec<ToolResultContentBlock>,
) -> Result<(), DialectError> {
    match r#type {
        "text" => content.push(ToolResultContentBlock::Text(content::text(part)?)),
        "image" => content.push(ToolResultContentBlock::Image(content::image(part)?)),
        "search_result" => content.push(ToolResultContentBlock::SearchResult(
            content::search_result(part)?,
        )),
        "tool_reference" => {
            let name = part.required("tool_name")?.string()?;
            let reference = document::to_document(&json!({"tool_reference": name}));
            content.push(ToolResultContentBlock::Json(reference));
        }
        _ => {
            let (document, images) = content::document_and_images(part)?;
            content.push(ToolResultContentBlock::Document(document));
            content.extend(images.into_iter().map(ToolResultContentBlock::Image));
        }
    }
    Ok(())
}

/// A result of a tool that the provider ran, such as `web_search_tool_result`; its content is the provider's.
pub(super) fn of_server(r#type: &str, block: &Object<'_>) -> Result<ToolResultBlock, DialectError> {
    let content = document::to_document(&json!({"content": block.required("content")?.value()}));
    Ok(ToolResultBlock {
        content: vec![ToolResultContentBlock::Json(content)],
        status: None,
        tool_use_id: content::id(&block.required("tool_use_id")?)?,
        r#type: Some(r#type.to_owned()),
    })
}
