//! Documents, whose text goes into the message: chat completions have a place for PDFs only.

use bedrock_runtime_smithy::model::{
    DocumentBlock, DocumentContentBlock, DocumentFormat, DocumentSource,
};
use outcrop_engine::EngineError;

use super::content::refuse;

/// The file of a PDF. Where a server does not take it, its text has taken its place before.
pub(super) fn passed(document: &DocumentBlock) -> Option<&[u8]> {
    match &document.source {
        DocumentSource::Bytes(file) if document.format == DocumentFormat::Pdf => {
            Some(file.as_ref())
        }
        _ => None,
    }
}

/// A document as a text that tells where it begins and ends.
pub(super) fn text(document: &DocumentBlock) -> Result<String, EngineError> {
    let body = match &document.source {
        DocumentSource::Text(text) => text.clone(),
        DocumentSource::Content(parts) => {
            let texts = parts.iter();
            let texts = texts.map(|DocumentContentBlock::Text(text)| text.as_str());
            texts.collect::<Vec<_>>().join("\n")
        }
        DocumentSource::Bytes(bytes) => decode(document, bytes.as_ref())?.to_owned(),
        DocumentSource::S3Location(_) => {
            return Err(refuse("documents from Amazon S3", "send their bytes"));
        }
    };
    let (name, format) = (&document.name, document.format.as_str());
    let context = document.context.as_ref();
    let context = context.map_or_else(String::new, |context| format!("{context}\n"));
    Ok(format!(
        "{context}<document name=\"{name}\" format=\"{format}\">\n{body}\n</document>"
    ))
}

/// HTML stays as it is: models read it, and its tags tell what belongs together.
fn decode<'a>(document: &DocumentBlock, bytes: &'a [u8]) -> Result<&'a str, EngineError> {
    use DocumentFormat as F;
    match document.format {
        F::Csv | F::Html | F::Md | F::Txt => std::str::from_utf8(bytes).map_err(|_| {
            let name = &document.name;
            EngineError::Validation(format!(
                "The document {name:?} is not UTF-8 text. Save it as UTF-8 and try again."
            ))
        }),
        F::Doc | F::Docx | F::Pdf | F::Xls | F::Xlsx => Err(refuse(
            &format!("{} documents", document.format.as_str()),
            "send their text as txt, md, csv or html",
        )),
    }
}
