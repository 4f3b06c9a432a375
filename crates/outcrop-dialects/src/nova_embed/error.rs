//! The schema of a body, and what the model refuses.
//!
//! Limits are those of AWS's guide, except for the length of a text: the guide says 8,192 characters, but the
//! service was seen to take 50,000 (`expected maxLength: 50000`), and to cut off what its model cannot take.

use serde_json::{Map, Value};

use crate::DialectError;
use crate::schema::{Kind, Member, TEXT, optional, required};

/// The most tokens of a text.
pub(super) const TOKENS: u64 = 8192;

pub(super) const BODY: Kind = Kind::Object(&[
    required("taskType", Kind::Word(&["SINGLE_EMBEDDING"])),
    required("singleEmbeddingParams", PARAMS),
    optional("schemaVersion", Kind::Word(&["nova-multimodal-embed-v1"])),
]);

pub(super) const PURPOSE: Kind = Kind::Word(&[
    "GENERIC_INDEX",
    "GENERIC_RETRIEVAL",
    "TEXT_RETRIEVAL",
    "IMAGE_RETRIEVAL",
    "VIDEO_RETRIEVAL",
    "DOCUMENT_RETRIEVAL",
    "AUDIO_RETRIEVAL",
    "CLASSIFICATION",
    "CLUSTERING",
]);

pub(super) const SOURCE: Member = required(
    "source",
    Kind::Object(&[
        optional("bytes", TEXT),
        optional("s3Location", Kind::Open(&[required("uri", TEXT)])),
    ]),
);

pub(super) const CONTENT_IMAGE: Kind = Kind::Object(&[
    optional(
        "detailLevel",
        Kind::Word(&["STANDARD_IMAGE", "DOCUMENT_IMAGE"]),
    ),
    required("format", Kind::Word(&["png", "jpeg", "gif", "webp"])),
    SOURCE,
]);

pub(super) const FORMATS_OF_AUDIO: Kind = Kind::Word(&["mp3", "wav", "ogg"]);

pub(super) const FORMATS_OF_VIDEO: Kind = Kind::Word(&[
    "mp4", "mov", "mkv", "webm", "flv", "mpeg", "mpg", "wmv", "3gp",
]);

pub(super) const MODE: Kind = Kind::Word(&["AUDIO_VIDEO_COMBINED", "AUDIO_VIDEO_SEPARATE"]);

const PARAMS: Kind = Kind::Object(&[
    required("embeddingPurpose", PURPOSE),
    optional("embeddingDimension", Kind::Choice(&[256, 384, 1024, 3072])),
    optional(
        "text",
        Kind::Object(&[
            optional("truncationMode", Kind::Word(&["START", "END", "NONE"])),
            optional("value", Kind::String(1, 50_000)),
            optional("source", Kind::Open(&[])),
        ]),
    ),
    optional("image", CONTENT_IMAGE),
    optional(
        "audio",
        Kind::Object(&[required("format", FORMATS_OF_AUDIO), SOURCE]),
    ),
    optional(
        "video",
        Kind::Object(&[
            required("format", FORMATS_OF_VIDEO),
            SOURCE,
            required("embeddingMode", MODE),
        ]),
    ),
]);

/// A body without a task is taken for a chat's, and so is one for Titan (seen in public).
pub(super) fn check_task(members: &Map<String, Value>) -> Result<(), DialectError> {
    if members.contains_key("taskType") {
        return Ok(());
    }
    Err(DialectError::Schema(
        "#: required key [messages] not found".to_owned(),
    ))
}

/// None of the four kinds of content, or several. How the service says it is not known.
pub(super) fn one_content(holder: &str) -> DialectError {
    DialectError::Provider(format!(
        "#/{holder}: exactly one of text, image, audio and video must be present."
    ))
}

/// A member that is neither there nor to be fetched.
pub(super) fn missing(holder: &str, name: &str) -> DialectError {
    DialectError::Schema(format!(
        "#/singleEmbeddingParams/{holder}: required key [{name}] not found"
    ))
}

/// Bytes that are not those of the format.
pub(super) fn not_base64(kind: &str) -> DialectError {
    DialectError::Provider(format!(
        "#/singleEmbeddingParams/{kind}/source/bytes: not valid base64."
    ))
}

/// A text that must not be cut off. How the service says it is not known.
pub(super) fn too_long(count: u64) -> DialectError {
    DialectError::Provider(format!(
        "#/singleEmbeddingParams/text/value: {count} tokens exceed the limit of {TOKENS}."
    ))
}

/// The same of one segment of a text.
pub(super) fn segment_too_long(count: u64) -> DialectError {
    DialectError::Provider(format!(
        "A segment of the text has {count} tokens, which exceed the limit of {TOKENS}."
    ))
}
