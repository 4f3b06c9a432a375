//! The schemas of the bodies, and what the models refuse. Limits are those of AWS's guide; how the service words
//! its refusals is not known.

use crate::DialectError;
use crate::schema::{Kind, Member, TEXT, TEXTS, optional, required};

/// The most bytes of an image.
pub(super) const IMAGE_BYTES: usize = 5 << 20;

const WORDS: Kind = Kind::String(1, usize::MAX);
const S3_LOCATION: Member = optional("s3Location", Kind::Open(&[]));
const MEDIA: Kind = Kind::Open(&[optional("base64String", TEXT), S3_LOCATION]);
const INFERENCE_ID: Member = optional("inferenceId", TEXT);

pub(super) const V2_BODY: Kind = Kind::Open(&[
    required(
        "inputType",
        Kind::Word(&["text", "image", "audio", "video"]),
    ),
    optional("inputText", WORDS),
    optional("textTruncate", Kind::Word(&["end", "none"])),
    optional("mediaSource", MEDIA),
    INFERENCE_ID,
]);

pub(super) const V3_BODY: Kind = Kind::Open(&[
    required(
        "inputType",
        Kind::Word(&[
            "text",
            "image",
            "text_image",
            "audio",
            "video",
            "multi_input",
        ]),
    ),
    optional("text", Kind::Open(&[required("inputText", WORDS)])),
    optional("image", Kind::Open(&[required("mediaSource", MEDIA)])),
    optional(
        "text_image",
        Kind::Open(&[required("inputText", WORDS), required("mediaSource", MEDIA)]),
    ),
    optional(
        "multi_input",
        Kind::Open(&[
            optional("inputText", TEXT),
            required("mediaSources", Kind::List(&NAMED_MEDIA, 1, usize::MAX)),
        ]),
    ),
    optional("embeddingOption", TEXTS),
    INFERENCE_ID,
]);

const NAMED_MEDIA: Kind = Kind::Open(&[
    optional("name", TEXT),
    required("mediaType", Kind::Word(&["image"])),
    optional("base64String", TEXT),
    S3_LOCATION,
]);

/// A member that the type of the input makes necessary.
pub(super) fn missing(pointer: &str, name: &str) -> DialectError {
    DialectError::Schema(format!("{pointer}: required key [{name}] not found"))
}

/// Sounds and videos are for another operation.
pub(super) fn asynchronous(input_type: &str) -> DialectError {
    DialectError::Provider(format!(
        "The input type {input_type} is not supported by this operation. Use StartAsyncInvoke."
    ))
}

/// Too large an image.
pub(super) fn check_image(pointer: &str, file: &[u8]) -> Result<(), DialectError> {
    if file.len() <= IMAGE_BYTES {
        return Ok(());
    }
    Err(DialectError::Provider(format!(
        "{pointer}: the image has {} bytes, which is more than {IMAGE_BYTES}.",
        file.len()
    )))
}

/// A text that must not be cut off.
pub(super) fn too_long(count: u64, limit: u64) -> DialectError {
    DialectError::Provider(format!(
        "The text has {count} tokens, which is more than {limit}."
    ))
}

/// A placeholder that names no image.
pub(super) fn no_such_media(name: &str) -> DialectError {
    DialectError::Provider(format!(
        "#/multi_input/inputText: <@{name}> matches no name in mediaSources."
    ))
}
