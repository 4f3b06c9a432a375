//! Content blocks whose source is a location.

use aws_smithy_types::Blob;
use bedrock_runtime_smithy::model::{
    AudioSource, ContentBlock, DocumentBlock, DocumentFormat, DocumentSource, ImageSource, Message,
    S3Location, ToolResultContentBlock, VideoSource,
};
use outcrop_catalogue::Model;
use outcrop_engine::EngineError;

use super::{ALL_BYTES, Stock, StoredObjects};

/// What a video of Nova may have (documented); Pegasus takes as much as there may be in all.
const NOVA_VIDEO_BYTES: u64 = 1 << 30;

/// What a document may have that is read as text (documented: 4.5 MB).
const TEXT_DOCUMENT_BYTES: u64 = 4_500_000;

/// A place for bytes, where now there is a location.
struct Slot<'a> {
    location: S3Location,
    limit: u64,
    fill: Box<dyn FnOnce(Blob) + Send + 'a>,
}

impl Stock {
    /// Puts the bytes of objects in the places of their locations.
    pub(crate) async fn fill(
        &mut self,
        objects: &dyn StoredObjects,
        model: &Model,
        messages: &mut [Message],
    ) -> Result<(), EngineError> {
        let blocks = messages.iter_mut().flat_map(|message| &mut message.content);
        for slot in blocks.flat_map(|block| slots(model, block)) {
            let bytes = self
                .fetch(objects, model, &slot.location, slot.limit)
                .await?;
            (slot.fill)(Blob::new(bytes));
        }
        Ok(())
    }
}

fn slots<'a>(model: &Model, block: &'a mut ContentBlock) -> Vec<Slot<'a>> {
    let slot = match block {
        ContentBlock::Image(image) => of_image(&mut image.source),
        ContentBlock::Video(video) => of_video(model, &mut video.source),
        ContentBlock::Document(document) => of_document(document),
        ContentBlock::Audio(audio) => of_audio(&mut audio.source),
        ContentBlock::ToolResult(result) => {
            let parts = result.content.iter_mut();
            return parts
                .filter_map(|part| match part {
                    ToolResultContentBlock::Image(image) => of_image(&mut image.source),
                    ToolResultContentBlock::Video(video) => of_video(model, &mut video.source),
                    ToolResultContentBlock::Document(document) => of_document(document),
                    _ => None,
                })
                .collect();
        }
        _ => None,
    };
    slot.into_iter().collect()
}

/// The slot of a source, whose variants are named alike.
macro_rules! slot {
    ($kind:ident, $source:expr, $limit:expr) => {{
        let source = $source;
        let $kind::S3Location(location) = &*source else {
            return None;
        };
        Some(Slot {
            location: location.clone(),
            limit: $limit,
            fill: Box::new(move |bytes| *source = $kind::Bytes(bytes)),
        })
    }};
}

fn of_image(source: &mut ImageSource) -> Option<Slot<'_>> {
    slot!(ImageSource, source, ALL_BYTES)
}

fn of_video<'a>(model: &Model, source: &'a mut VideoSource) -> Option<Slot<'a>> {
    let nova = model.id.starts_with("amazon.nova-");
    let limit = if nova { NOVA_VIDEO_BYTES } else { ALL_BYTES };
    slot!(VideoSource, source, limit)
}

fn of_audio(source: &mut AudioSource) -> Option<Slot<'_>> {
    slot!(AudioSource, source, ALL_BYTES)
}

fn of_document(document: &mut DocumentBlock) -> Option<Slot<'_>> {
    let limit = match document.format {
        DocumentFormat::Pdf | DocumentFormat::Docx => ALL_BYTES,
        _ => TEXT_DOCUMENT_BYTES,
    };
    slot!(DocumentSource, &mut document.source, limit)
}
