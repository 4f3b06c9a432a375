//! One content block, out of its start and its deltas.

use aws_smithy_types::{Blob, Document};
use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, CitationsContentBlock, ContentBlock, ContentBlockDelta,
    ContentBlockStart, ImageBlock, ImageBlockDelta, ImageBlockStart, ReasoningContentBlock,
    ReasoningContentBlockDelta, ReasoningTextBlock, ToolResultBlock, ToolResultBlockDelta,
    ToolResultBlockStart, ToolResultContentBlock, ToolUseBlock, ToolUseBlockStart,
};
use serde_json::Value;

use super::relaxed;
use crate::{EngineError, document};

/// A block in the making. What kind of block it is follows from its start or its first delta.
#[derive(Default)]
pub(super) enum BlockBuilder {
    #[default]
    Unknown,
    Text(String),
    Reasoning {
        text: String,
        signature: Option<String>,
    },
    Redacted(Blob),
    Citations(CitationsContentBlock),
    ToolUse(ToolUseBlockStart, String),
    ToolResult(ToolResultBlockStart, Vec<ToolResultContentBlock>),
    Image(ImageBlockStart, ImageBlockDelta),
}

impl BlockBuilder {
    pub(super) fn start(start: ContentBlockStart) -> Self {
        match start {
            ContentBlockStart::ToolUse(start) => Self::ToolUse(start, String::new()),
            ContentBlockStart::ToolResult(start) => Self::ToolResult(start, Vec::new()),
            ContentBlockStart::Image(start) => Self::Image(
                start,
                ImageBlockDelta {
                    source: None,
                    error: None,
                },
            ),
        }
    }

    pub(super) fn push(&mut self, delta: ContentBlockDelta) -> Result<(), EngineError> {
        match delta {
            ContentBlockDelta::Text(piece) => return self.push_text(piece),
            ContentBlockDelta::ReasoningContent(delta) => return self.push_reasoning(delta),
            ContentBlockDelta::Citation(delta) => self.push_citation(relaxed::citation(delta)),
            ContentBlockDelta::ToolUse(delta) => {
                let Self::ToolUse(_, input) = self else {
                    return Err(contradiction("toolUse"));
                };
                input.push_str(delta.input.as_deref().unwrap_or_default());
            }
            ContentBlockDelta::ToolResult(deltas) => {
                let Self::ToolResult(_, content) = self else {
                    return Err(contradiction("toolResult"));
                };
                content.extend(deltas.into_iter().map(|delta| match delta {
                    ToolResultBlockDelta::Json(value) => ToolResultContentBlock::Json(value),
                    ToolResultBlockDelta::Text(text) => ToolResultContentBlock::Text(text),
                }));
            }
            ContentBlockDelta::Image(delta) => {
                let Self::Image(_, image) = self else {
                    return Err(contradiction("image"));
                };
                *image = delta;
            }
        }
        Ok(())
    }

    fn push_text(&mut self, piece: String) -> Result<(), EngineError> {
        match self {
            Self::Unknown => *self = Self::Text(piece),
            Self::Text(text) => text.push_str(&piece),
            Self::Citations(block) => push_generated(block, &piece),
            _ => return Err(contradiction("text")),
        }
        Ok(())
    }

    fn push_reasoning(&mut self, delta: ReasoningContentBlockDelta) -> Result<(), EngineError> {
        if let ReasoningContentBlockDelta::RedactedContent(content) = delta {
            *self = Self::Redacted(content);
            return Ok(());
        }
        if matches!(self, Self::Unknown) {
            *self = Self::Reasoning {
                text: String::new(),
                signature: None,
            };
        }
        let Self::Reasoning { text, signature } = self else {
            return Err(contradiction("reasoningContent"));
        };
        match delta {
            ReasoningContentBlockDelta::Text(piece) => text.push_str(&piece),
            ReasoningContentBlockDelta::Signature(value) => *signature = Some(value),
            ReasoningContentBlockDelta::RedactedContent(_) => {}
        }
        Ok(())
    }

    /// A citation may come before or after the text that it belongs to.
    fn push_citation(&mut self, citation: bedrock_runtime_smithy::model::Citation) {
        if !matches!(self, Self::Citations(_)) {
            let text = match std::mem::take(self) {
                Self::Text(text) => Some(vec![CitationGeneratedContent::Text(text)]),
                _ => None,
            };
            *self = Self::Citations(CitationsContentBlock {
                content: text,
                citations: None,
            });
        }
        if let Self::Citations(block) = self {
            block.citations.get_or_insert_default().push(citation);
        }
    }

    /// The finished block; nothing for one that never said what it was. `cut` says that the answer came to its limit, which
    /// may have been in the middle of a tool's input.
    pub(super) fn finish(self, cut: bool) -> Result<Option<ContentBlock>, EngineError> {
        Ok(Some(match self {
            Self::Unknown => return Ok(None),
            Self::Text(text) => ContentBlock::Text(text),
            Self::Reasoning { text, signature } => ContentBlock::ReasoningContent(
                ReasoningContentBlock::ReasoningText(ReasoningTextBlock { text, signature }),
            ),
            Self::Redacted(content) => {
                ContentBlock::ReasoningContent(ReasoningContentBlock::RedactedContent(content))
            }
            Self::Citations(block) => ContentBlock::CitationsContent(block),
            Self::ToolUse(start, input) => ContentBlock::ToolUse(ToolUseBlock {
                tool_use_id: start.tool_use_id.unwrap_or_default(),
                name: start.name.unwrap_or_default(),
                input: parse_input(&input, cut)?,
                r#type: start.r#type,
            }),
            Self::ToolResult(start, content) => ContentBlock::ToolResult(ToolResultBlock {
                tool_use_id: start.tool_use_id.unwrap_or_default(),
                content,
                status: start.status,
                r#type: start.r#type,
            }),
            Self::Image(start, delta) => ContentBlock::Image(ImageBlock {
                format: start.format.ok_or_else(|| contradiction("image"))?,
                source: delta
                    .source
                    .map(relaxed::image_source)
                    .ok_or_else(|| contradiction("image"))?,
                error: delta.error,
            }),
        }))
    }
}

/// The input of a tool without arguments may have no delta at all (recorded for Nova). Input that was cut is no input: half
/// an argument would pass for a whole one.
fn parse_input(input: &str, cut: bool) -> Result<Document, EngineError> {
    if input.is_empty() {
        return Ok(Document::Object(std::collections::HashMap::new()));
    }
    match serde_json::from_str::<Value>(input) {
        Ok(value) => Ok(document::to_document(&value)),
        Err(_) if cut => Ok(Document::Object(std::collections::HashMap::new())),
        Err(error) => Err(EngineError::ModelError {
            message: format!("The model produced tool input that is not JSON: {error}."),
            original_status_code: None,
            resource_name: None,
        }),
    }
}

fn push_generated(block: &mut CitationsContentBlock, piece: &str) {
    let content = block.content.get_or_insert_default();
    match content.first_mut() {
        Some(CitationGeneratedContent::Text(text)) => text.push_str(piece),
        None => content.push(CitationGeneratedContent::Text(piece.to_owned())),
    }
}

fn contradiction(kind: &str) -> EngineError {
    EngineError::Internal(format!(
        "A {kind} delta does not fit the content block that it came for."
    ))
}
