//! Files in a request: what they count for, and how an answer names them.

use bedrock_runtime_smithy::model::{ContentBlock, ImageSource};

use crate::canned::media::{self, MediaError, document_tokens, image_facts, video_tokens};

/// What a file in S3 counts for, since it is not fetched: an image, a page, ten seconds.
const REMOTE_IMAGE: u64 = 1600;
const REMOTE_DOCUMENT: u64 = 1500;
const REMOTE_VIDEO: u64 = 2880;
/// Bytes of sound and of other content that stand for one token.
const AUDIO_BYTES: usize = 1000;
const OPAQUE_BYTES: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Image,
    Document,
    Video,
    Audio,
    Opaque,
}

/// A file, or the place where it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct File<'a> {
    kind: Kind,
    pub(super) format: &'a str,
    pub(super) bytes: Option<&'a [u8]>,
    pub(super) location: &'a str,
}

impl<'a> File<'a> {
    fn new(kind: Kind, format: &'a str, bytes: &'a [u8]) -> Self {
        Self {
            kind,
            format,
            bytes: Some(bytes),
            location: "",
        }
    }

    pub(super) fn image(format: &'a str, bytes: &'a [u8]) -> Self {
        Self::new(Kind::Image, format, bytes)
    }

    pub(super) fn document(format: &'a str, bytes: &'a [u8]) -> Self {
        Self::new(Kind::Document, format, bytes)
    }

    pub(super) fn video(format: &'a str, bytes: &'a [u8]) -> Self {
        Self::new(Kind::Video, format, bytes)
    }

    pub(super) fn audio(format: &'a str, bytes: &'a [u8]) -> Self {
        Self::new(Kind::Audio, format, bytes)
    }

    pub(super) fn opaque(bytes: &'a [u8]) -> Self {
        Self::new(Kind::Opaque, "", bytes)
    }

    /// The same file, kept elsewhere.
    pub(super) fn at(self, location: &'a str) -> Self {
        Self {
            bytes: None,
            location,
            ..self
        }
    }
}

/// What a file counts for. Images and PDFs must be what their format says; the live service took any bytes as a
/// video (recorded), and so does this.
pub(super) fn tokens(file: &File<'_>) -> Result<u64, MediaError> {
    let Some(bytes) = file.bytes else {
        return Ok(match file.kind {
            Kind::Image => REMOTE_IMAGE,
            Kind::Document => REMOTE_DOCUMENT,
            Kind::Video | Kind::Audio | Kind::Opaque => REMOTE_VIDEO,
        });
    };
    match file.kind {
        Kind::Image => Ok(image_facts(file.format, bytes)?.tokens()),
        Kind::Document => document_tokens(file.format, bytes),
        Kind::Video => Ok(video_tokens(bytes)),
        Kind::Audio => Ok(media::by_size(bytes.len(), AUDIO_BYTES)),
        Kind::Opaque => Ok(media::by_size(bytes.len(), OPAQUE_BYTES)),
    }
}

/// How an answer names what came along with a message.
pub(super) fn attachment(block: &ContentBlock) -> Option<String> {
    Some(match block {
        ContentBlock::Image(image) => {
            let format = image.format.as_str();
            let facts = match &image.source {
                ImageSource::Bytes(bytes) => image_facts(format, bytes.as_ref()).ok(),
                ImageSource::S3Location(_) => None,
            };
            match facts {
                Some(facts) => format!("an image ({format}, {}x{})", facts.width, facts.height),
                None => format!("an image ({format})"),
            }
        }
        ContentBlock::Document(document) => {
            format!(
                "a document ({}, {})",
                document.name,
                document.format.as_str()
            )
        }
        ContentBlock::Video(video) => format!("a video ({})", video.format),
        ContentBlock::Audio(audio) => format!("a sound ({})", audio.format.as_str()),
        ContentBlock::SearchResult(result) => format!("a search result ({})", result.title),
        _ => return None,
    })
}
