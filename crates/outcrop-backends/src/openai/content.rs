//! What a message holds: texts, images and files.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, CitationsContentBlock, ContentBlock, DocumentBlock,
    GuardrailConverseContentBlock, GuardrailConverseImageSource, ImageBlock, ImageSource,
    SearchResultBlock,
};
use outcrop_engine::EngineError;
use serde_json::{Value, json};

use super::document;

/// The content of one message, in order.
#[derive(Debug, Default)]
pub(super) struct Parts(Vec<Part>);

#[derive(Debug)]
enum Part {
    Text(String),
    /// A data URL.
    Image(String),
    /// Its name and a data URL.
    File(String, String),
}

impl Parts {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn text(&mut self, text: impl Into<String>) {
        self.0.push(Part::Text(text.into()));
    }

    pub(super) fn image(&mut self, image: &ImageBlock) -> Result<(), EngineError> {
        let ImageSource::Bytes(bytes) = &image.source else {
            return Err(refuse("images from Amazon S3", "send their bytes"));
        };
        self.data_url(image.format.as_str(), bytes.as_ref());
        Ok(())
    }

    /// A file where the server gets it as it is, or else its text.
    pub(super) fn document(&mut self, block: &DocumentBlock) -> Result<(), EngineError> {
        let Some(file) = document::passed(block) else {
            self.text(document::text(block)?);
            return Ok(());
        };
        if let Some(context) = &block.context {
            self.text(context);
        }
        let file = aws_smithy_types::base64::encode(file);
        self.0.push(Part::File(
            format!("{}.pdf", block.name),
            format!("data:application/pdf;base64,{file}"),
        ));
        Ok(())
    }

    fn data_url(&mut self, format: &str, bytes: &[u8]) {
        let bytes = aws_smithy_types::base64::encode(bytes);
        self.0
            .push(Part::Image(format!("data:image/{format};base64,{bytes}")));
    }

    /// Adds a block of a user's or the model's.
    pub(super) fn block(&mut self, block: &ContentBlock) -> Result<(), EngineError> {
        match block {
            ContentBlock::Text(text) => self.text(text),
            ContentBlock::Image(image) => self.image(image)?,
            ContentBlock::Document(block) => self.document(block)?,
            ContentBlock::SearchResult(result) => self.text(search_result(result)),
            ContentBlock::CitationsContent(block) => self.text(cited(block)),
            ContentBlock::GuardContent(GuardrailConverseContentBlock::Text(guarded)) => {
                self.text(&guarded.text);
            }
            ContentBlock::GuardContent(GuardrailConverseContentBlock::Image(guarded)) => {
                let GuardrailConverseImageSource::Bytes(bytes) = &guarded.source;
                self.data_url(guarded.format.as_str(), bytes.as_ref());
            }
            ContentBlock::Video(_) => return Err(refuse("videos", "send images of it")),
            ContentBlock::Audio(_) => return Err(refuse("audio", "send its text")),
            ContentBlock::ToolAddition(_) | ContentBlock::ToolRemoval(_) => {
                return Err(refuse(
                    "tools that come and go within a conversation",
                    "list all of them in toolConfig",
                ));
            }
            // Compatible servers cache what prompts have in common by themselves; the others have
            // places of their own, which the caller knows.
            ContentBlock::CachePoint(_)
            | ContentBlock::ReasoningContent(_)
            | ContentBlock::ToolUse(_)
            | ContentBlock::ToolResult(_) => {}
        }
        Ok(())
    }

    /// As the member `content`: one string where there are texts only, which every server takes.
    pub(super) fn into_content(self) -> Value {
        let mut texts = Vec::with_capacity(self.0.len());
        for part in &self.0 {
            let Part::Text(text) = part else {
                return Value::Array(self.0.into_iter().map(Part::into_value).collect());
            };
            texts.push(text.as_str());
        }
        Value::String(texts.join("\n"))
    }
}

impl Part {
    fn into_value(self) -> Value {
        match self {
            Self::Text(text) => json!({"type": "text", "text": text}),
            Self::Image(url) => json!({"type": "image_url", "image_url": {"url": url}}),
            Self::File(name, url) => {
                json!({"type": "file", "file": {"filename": name, "file_data": url}})
            }
        }
    }
}

/// A search result in words.
pub(super) fn search_result(result: &SearchResultBlock) -> String {
    let texts = result.content.iter().map(|content| content.text.as_str());
    let text = texts.collect::<Vec<_>>().join("\n");
    let (title, source) = (&result.title, &result.source);
    format!("Search result \"{title}\" ({source}):\n{text}")
}

fn cited(block: &CitationsContentBlock) -> String {
    let content = block.content.iter().flatten();
    content
        .map(|CitationGeneratedContent::Text(text)| text.as_str())
        .collect()
}

/// What a server's words have no place for.
pub(crate) fn refuse(what: &str, instead: &str) -> EngineError {
    EngineError::Validation(format!(
        "The backend that answers for this model takes no {what}: {instead}."
    ))
}
