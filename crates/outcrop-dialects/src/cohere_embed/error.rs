//! The schemas of the bodies.

use crate::DialectError;
use crate::schema::{Kind, TEXT, TOKENS, optional, required};

const TRUNCATE: Kind = Kind::Word(&["NONE", "START", "END", "LEFT", "RIGHT"]);
const INPUT_TYPE: Kind = Kind::Word(&[
    "search_document",
    "search_query",
    "classification",
    "clustering",
    "image",
]);
const TYPES: Kind = Kind::List(
    &Kind::Word(&["float", "int8", "uint8", "binary", "ubinary"]),
    1,
    5,
);

/// Ninety-six texts of at most 2,048 characters (recorded), or an image.
pub(super) const V3_BODY: Kind = Kind::Object(&[
    optional("texts", Kind::List(&Kind::String(1, 2048), 1, 96)),
    optional("images", Kind::List(&TEXT, 1, 1)),
    required("input_type", INPUT_TYPE),
    optional("truncate", TRUNCATE),
    optional("embedding_types", TYPES),
]);

pub(super) const V4_BODY: Kind = Kind::Object(&[
    optional("texts", Kind::List(&Kind::String(1, usize::MAX), 1, 96)),
    optional("images", Kind::List(&TEXT, 1, 96)),
    optional(
        "inputs",
        Kind::List(&Kind::Open(&[required("content", PARTS)]), 1, 96),
    ),
    required("input_type", INPUT_TYPE),
    optional("truncate", TRUNCATE),
    optional("embedding_types", TYPES),
    optional("output_dimension", Kind::Choice(&[256, 512, 1024, 1536])),
    optional("max_tokens", TOKENS),
]);

const PARTS: Kind = Kind::List(
    &Kind::Open(&[required("type", Kind::Word(&["text", "image_url"]))]),
    1,
    usize::MAX,
);

/// None of the members that say what to embed.
pub(super) fn nothing_to_embed() -> DialectError {
    DialectError::Schema("#: required key [texts] not found".to_owned())
}
