//! Documents that a server cannot read as they are: their text takes their place before the conversation
//! is converted.

mod reader;

use bedrock_runtime_smithy::model::{
    ContentBlock, DocumentBlock, DocumentFormat, DocumentSource, Message, ToolResultContentBlock,
};
use outcrop_engine::EngineError;

pub use self::reader::{DocumentReader, UNREADABLE};
use crate::{BackendSettings, openai::refuse, settings::Pdf};

/// Puts the text of each document in its place that is not to go as it is: PDFs may, which many servers read,
/// and text does.
pub(crate) async fn read(
    messages: &mut [Message],
    settings: &BackendSettings,
    pdf: Pdf,
) -> Result<(), EngineError> {
    for document in documents(messages) {
        let DocumentSource::Bytes(file) = &document.source else {
            continue;
        };
        if !is_read(document.format, pdf) {
            continue;
        }
        let format = document.format.as_str();
        let Some(reader) = &settings.reader else {
            let what = format!("{format} documents");
            return Err(refuse(&what, "send their text as txt, md, csv or html"));
        };
        let text = reader.text(format, file.as_ref()).await;
        let text = text.map_err(|unreadable| {
            EngineError::Validation(format!("The document {:?} {unreadable}.", document.name))
        })?;
        document.source = DocumentSource::Text(text);
    }
    Ok(())
}

fn is_read(format: DocumentFormat, pdf: Pdf) -> bool {
    use DocumentFormat as F;
    match format {
        F::Pdf => pdf == Pdf::Text,
        F::Doc | F::Docx | F::Xls | F::Xlsx => true,
        F::Csv | F::Html | F::Md | F::Txt => false,
    }
}

/// The documents of a conversation, those that tools return among them.
fn documents(messages: &mut [Message]) -> impl Iterator<Item = &mut DocumentBlock> {
    let blocks = messages.iter_mut().flat_map(|turn| &mut turn.content);
    blocks.flat_map(|block| match block {
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
    })
}
