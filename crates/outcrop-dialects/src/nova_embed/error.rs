//! The schema of a body.

use crate::DialectError;
use crate::schema::{Kind, TEXT, optional, required};

pub(super) const BODY: Kind = Kind::Object(&[
    required("taskType", Kind::Word(&["SINGLE_EMBEDDING"])),
    required("singleEmbeddingParams", PARAMS),
    optional("schemaVersion", TEXT),
]);

const PARAMS: Kind = Kind::Object(&[
    required("embeddingPurpose", TEXT),
    optional("embeddingDimension", Kind::Choice(&[256, 384, 1024, 3072])),
    optional(
        "text",
        Kind::Open(&[
            optional("truncationMode", Kind::Word(&["START", "END", "NONE"])),
            required("value", Kind::String(1, usize::MAX)),
        ]),
    ),
    optional(
        "image",
        Kind::Open(&[
            required("format", Kind::Word(&["png", "jpeg", "gif", "webp"])),
            required("source", Kind::Open(&[required("bytes", TEXT)])),
        ]),
    ),
]);

/// Neither a text nor an image.
pub(super) fn nothing_to_embed() -> DialectError {
    DialectError::Schema("#/singleEmbeddingParams: required key [text] not found".to_owned())
}
