//! Sources of images and documents.

use aws_smithy_types::{Blob, base64};
use bedrock_runtime_smithy::model::{
    DocumentContentBlock, DocumentFormat, DocumentSource, ImageBlock, ImageFormat, ImageSource,
};

use super::content;
use super::fields::{Field, Object};
use crate::DialectError;

/// What a document's source holds.
pub(super) struct Document {
    pub(super) format: DocumentFormat,
    pub(super) source: DocumentSource,
    pub(super) images: Vec<ImageBlock>,
}

/// An image comes as base64; the service fetches nothing (recorded).
pub(super) fn image(source: &Field<'_>) -> Result<ImageBlock, DialectError> {
    let source = source.object()?;
    refuse_url(&source)?;
    let (_, source) = source.variant(&["base64"])?;
    let types = ["image/jpeg", "image/png", "image/gif", "image/webp"];
    let format = match source.required("media_type")?.one_of(&types)? {
        "image/png" => ImageFormat::Png,
        "image/gif" => ImageFormat::Gif,
        "image/webp" => ImageFormat::Webp,
        _ => ImageFormat::Jpeg,
    };
    Ok(ImageBlock {
        error: None,
        format,
        source: ImageSource::Bytes(bytes(&source)?),
    })
}

/// A document is a PDF file, a text, or blocks of content.
pub(super) fn document(source: &Field<'_>) -> Result<Document, DialectError> {
    let source = source.object()?;
    refuse_url(&source)?;
    let (r#type, source) = source.variant(&["base64", "content", "text"])?;
    let (format, source, images) = match r#type {
        "base64" => {
            source
                .required("media_type")?
                .one_of(&["application/pdf"])?;
            (
                DocumentFormat::Pdf,
                DocumentSource::Bytes(bytes(&source)?),
                Vec::new(),
            )
        }
        "text" => {
            source.required("media_type")?.one_of(&["text/plain"])?;
            let text = source.required("data")?.string()?.to_owned();
            (DocumentFormat::Txt, DocumentSource::Text(text), Vec::new())
        }
        _ => {
            let (texts, images) = parts(&source.required("content")?)?;
            (DocumentFormat::Txt, DocumentSource::Content(texts), images)
        }
    };
    Ok(Document {
        format,
        source,
        images,
    })
}

fn parts(
    content: &Field<'_>,
) -> Result<(Vec<DocumentContentBlock>, Vec<ImageBlock>), DialectError> {
    if let Some(text) = content.value().as_str() {
        return Ok((
            vec![DocumentContentBlock::Text(text.to_owned())],
            Vec::new(),
        ));
    }
    let (mut texts, mut images) = (Vec::new(), Vec::new());
    for part in content.list()? {
        let (r#type, part) = part.object()?.variant(&["image", "text"])?;
        if r#type == "text" {
            texts.push(DocumentContentBlock::Text(content::text(&part)?));
        } else {
            images.push(content::image(&part)?);
        }
    }
    Ok((texts, images))
}

fn refuse_url(source: &Object<'_>) -> Result<(), DialectError> {
    if source
        .members()
        .get("type")
        .is_some_and(|r#type| r#type == "url")
    {
        return Err(source
            .clone()
            .named("base64")
            .named("data")
            .error("URL sources are not supported"));
    }
    Ok(())
}

fn bytes(source: &Object<'_>) -> Result<Blob, DialectError> {
    let data = source.required("data")?;
    if data.string()?.starts_with("http") {
        return Err(data.error("URL sources are not supported"));
    }
    let bytes = base64::decode(data.string()?).map_err(|_| data.error("Invalid base64 data"))?;
    Ok(Blob::new(bytes))
}
