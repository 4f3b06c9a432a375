//! Tools and what they return.

use bedrock_runtime_smithy::model::{
    ToolInputSchema, ToolResultBlock, ToolResultContentBlock, ToolResultStatus, ToolSpecification,
};

use super::part::Part;
use crate::document;

/// What of a tool counts for tokens.
pub(super) fn parts(tool: &ToolSpecification) -> Vec<Part<'_>> {
    let ToolInputSchema::Json(schema) = &tool.input_schema;
    let mut parts = vec![
        tool.name.as_str().into(),
        document::to_value(schema).to_string().into(),
    ];
    parts.extend(tool.description.as_deref().map(Part::from));
    parts
}

/// A result in words.
pub(super) fn result_text(result: &ToolResultBlock) -> String {
    let mut texts = Vec::new();
    for content in &result.content {
        match content {
            ToolResultContentBlock::Text(text) => texts.push(text.clone()),
            ToolResultContentBlock::Json(value) => {
                texts.push(document::to_value(value).to_string());
            }
            ToolResultContentBlock::Image(_) => texts.push("an image".to_owned()),
            ToolResultContentBlock::Document(document) => {
                texts.push(format!("the document {}", document.name));
            }
            ToolResultContentBlock::Video(_) => texts.push("a video".to_owned()),
            ToolResultContentBlock::SearchResult(result) => texts.push(result.title.clone()),
        }
    }
    if texts.is_empty() {
        texts.push("nothing".to_owned());
    }
    texts.join(" ")
}

pub(super) fn failed(result: &ToolResultBlock) -> bool {
    result.status == Some(ToolResultStatus::Error)
}
