//! Documents that a server cannot read as they are: their text takes their place before the conversation
//! is converted.

mod reader;

use bedrock_runtime_smithy::model::{
    ContentBlock, DocumentBlock, DocumentFormat, DocumentSource, Message, ToolResultContentBlock,
};
use outcrop_engine::EngineError;

pub use self::reader::{DocumentReader, UNREADABLE};
use crate::{BackendSettings, openai::refuse, settings::Pdf};

/// Puts the text of each PDF in its place, where the server is to get texts.
pub(crate) async fn read(
    messages: &mut [Message],
    settings: &BackendSettings,
) -> Result<(), EngineError> {
    if settings.pdf == Pdf::File {
        return Ok(());
    }
    for document in documents(messages) {
        let DocumentSource::Bytes(file) = &document.source else {
            continue;
        };
        let Some(reader) = &settings.reader else {
            return Err(refuse("pdf documents", "send their text"));
        };
        let text = reader.text(file.as_ref()).await.map_err(|unreadable| {
            EngineError::Validation(format!("The document {:?} {unreadable}.", document.name))
        })?;
        document.source = DocumentSource::Text(text);
    }
    Ok(())
}

/// The PDFs of a conversation, those that tools return among them.
fn documents(messages: &mut [Message]) -> impl Iterator<Item = &mut DocumentBlock> {
    let blocks = messages.iter_mut().flat_map(|turn| &mut turn.content);
    let documents = blocks.flat_map(|block| match block {
        ContentBlock::Document(document) => vec![document],
        ContentBlock::ToolResult(result) => {
            let content = result.content.iter_mut();
            content
                .filter_map(|content| match content {
                    ToolResultContentBlock::Document(document) => Some(document),
                    _ => None,
                })
                .collect()
        }
        _ => Vec::new(),
    });
    documents.filter(|document| document.format == DocumentFormat::Pdf)
}
