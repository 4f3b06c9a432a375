//! Content blocks.

use aws_smithy_types::Blob;
use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, CitationsConfig, CitationsContentBlock, ContentBlock,
    ConversationRole, DocumentBlock, ImageBlock, ReasoningContentBlock, ReasoningTextBlock,
    SearchResultBlock, SearchResultContentBlock, ToolUseBlock,
};
use outcrop_engine::document;

use super::fields::{Field, Object};
use super::{cache, citation, media, tool_result};
use crate::DialectError;

/// The types of blocks that a message may have, in the order in which errors list them.
const TYPES: &[&str] = &[
    "compaction",
    "code_execution_tool_result",
    "document",
    "image",
    "redacted_thinking",
    "search_result",
    "server_tool_use",
    "text",
    "thinking",
    "tool_result",
    "tool_search_tool_result",
    "tool_use",
    "web_fetch_tool_result",
    "web_search_tool_result",
];

/// The blocks of a message, each followed by the cache point that it asks for.
pub(super) fn blocks(
    content: &Field<'_>,
    role: ConversationRole,
) -> Result<Vec<ContentBlock>, DialectError> {
    let mut blocks = Vec::new();
    for block in content.list()? {
        let (r#type, block) = block.object()?.variant(TYPES)?;
        match r#type {
            "text" if role == ConversationRole::Assistant => blocks.push(said(&block)?),
            _ => read(r#type, &block, &mut blocks)?,
        }
        blocks.extend(cache::point(&block)?.map(ContentBlock::CachePoint));
    }
    Ok(blocks)
}

fn read(
    r#type: &str,
    block: &Object<'_>,
    blocks: &mut Vec<ContentBlock>,
) -> Result<(), DialectError> {
    match r#type {
        "text" => blocks.push(ContentBlock::Text(text(block)?)),
        "image" => blocks.push(ContentBlock::Image(image(block)?)),
        "document" => {
            let (document, images) = document_and_images(block)?;
            blocks.push(ContentBlock::Document(document));
            blocks.extend(images.into_iter().map(ContentBlock::Image));
        }
        "compaction" => blocks.extend(compaction(block)?.map(ContentBlock::Text)),
        "search_result" => blocks.push(ContentBlock::SearchResult(search_result(block)?)),
        "thinking" => blocks.push(ContentBlock::ReasoningContent(thinking(block)?)),
        "redacted_thinking" => {
            blocks.push(ContentBlock::ReasoningContent(redacted_thinking(block)?));
        }
        "tool_use" => blocks.push(ContentBlock::ToolUse(tool_use(block, None)?)),
        "server_tool_use" => blocks.push(ContentBlock::ToolUse(tool_use(block, Some(r#type))?)),
        "tool_result" => tool_result::read(block, blocks)?,
        server_result => blocks.push(ContentBlock::ToolResult(tool_result::of_server(
            server_result,
            block,
        )?)),
    }
    Ok(())
}

/// What the conversation so far was made into (documented); Converse has no block for it. One that failed has none.
fn compaction(block: &Object<'_>) -> Result<Option<String>, DialectError> {
    let summary = block.map("content", Field::string)?;
    Ok(summary.filter(|text| !text.is_empty()).map(str::to_owned))
}

/// A text of the assistant's, with its citations.
fn said(block: &Object<'_>) -> Result<ContentBlock, DialectError> {
    let text = text(block)?;
    let citations = block.map("citations", citation::read)?.unwrap_or_default();
    if citations.is_empty() {
        return Ok(ContentBlock::Text(text));
    }
    Ok(ContentBlock::CitationsContent(CitationsContentBlock {
        citations: Some(citations),
        content: Some(vec![CitationGeneratedContent::Text(text)]),
    }))
}

/// A text may be empty here; where it stands decides whether that is an error.
pub(super) fn text(block: &Object<'_>) -> Result<String, DialectError> {
    let text = block.required("text")?.string()?;
    if text.is_empty() && block.optional("cache_control").is_some() {
        return Err(block.error("cache_control cannot be set for empty text blocks"));
    }
    Ok(text.to_owned())
}

pub(super) fn image(block: &Object<'_>) -> Result<ImageBlock, DialectError> {
    media::image(&block.required("source")?)
}

/// Converse's documents hold no images: those of a native document follow it.
pub(super) fn document_and_images(
    block: &Object<'_>,
) -> Result<(DocumentBlock, Vec<ImageBlock>), DialectError> {
    let media::Document {
        format,
        source,
        images,
    } = media::document(&block.required("source")?)?;
    let title = block.map("title", Field::string)?;
    let document = DocumentBlock {
        citations: citations(block)?,
        context: block.map("context", Field::string)?.map(str::to_owned),
        format,
        name: title.unwrap_or("document").to_owned(),
        source,
    };
    Ok((document, images))
}

pub(super) fn search_result(block: &Object<'_>) -> Result<SearchResultBlock, DialectError> {
    let mut content = Vec::new();
    for part in block.required("content")?.list()? {
        let text = part.object()?.required("text")?.string()?.to_owned();
        content.push(SearchResultContentBlock { text });
    }
    Ok(SearchResultBlock {
        citations: citations(block)?,
        content,
        source: block.required("source")?.string()?.to_owned(),
        title: block.required("title")?.string()?.to_owned(),
    })
}

fn citations(block: &Object<'_>) -> Result<Option<CitationsConfig>, DialectError> {
    block.map("citations", |citations| {
        let enabled = citations.object()?.map("enabled", Field::boolean)?;
        Ok(CitationsConfig {
            enabled: enabled.unwrap_or(false),
        })
    })
}

fn thinking(block: &Object<'_>) -> Result<ReasoningContentBlock, DialectError> {
    Ok(ReasoningContentBlock::ReasoningText(ReasoningTextBlock {
        text: block.required("thinking")?.string()?.to_owned(),
        signature: Some(block.required("signature")?.string()?.to_owned()),
    }))
}

/// Converse's blob holds the string as it is, which is itself base64 (recorded).
fn redacted_thinking(block: &Object<'_>) -> Result<ReasoningContentBlock, DialectError> {
    let data = block.required("data")?.string()?;
    Ok(ReasoningContentBlock::RedactedContent(Blob::new(data)))
}

fn tool_use(block: &Object<'_>, r#type: Option<&str>) -> Result<ToolUseBlock, DialectError> {
    Ok(ToolUseBlock {
        input: document::to_document(block.required("input")?.dictionary()?),
        name: block.required("name")?.string()?.to_owned(),
        tool_use_id: id(&block.required("id")?)?,
        r#type: r#type.map(str::to_owned),
    })
}

/// The id of a tool call.
pub(super) fn id(id: &Field<'_>) -> Result<String, DialectError> {
    let text = id.string()?;
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if text.is_empty() || !text.bytes().all(allowed) {
        return Err(id.error("String should match pattern '^[a-zA-Z0-9_-]+$'"));
    }
    Ok(text.to_owned())
}
