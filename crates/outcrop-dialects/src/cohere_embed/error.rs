//! The schemas of the bodies, and what the models refuse.

use serde_json::{Map, Value};

use crate::DialectError;
use crate::schema::{self, Kind, TEXT, optional, required};

use super::CohereEmbed;

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

/// The most bytes of an image (AWS's guide).
const IMAGE_BYTES: usize = 5 << 20;
/// The most tokens of an input to version 4 (AWS's guide).
pub(super) const TOKENS: u64 = 128_000;

/// Ninety-six texts of at most 2,048 characters (recorded), or an image.
const V3_BODY: Kind = Kind::Object(&[
    optional("texts", Kind::List(&Kind::String(1, 2048), 1, 96)),
    optional("images", Kind::List(&TEXT, 1, 1)),
    required("input_type", INPUT_TYPE),
    optional("truncate", Kind::Word(&["NONE", "START", "END"])),
    optional("embedding_types", TYPES),
]);

/// `START` and `END` are Cohere's own words for `LEFT` and `RIGHT`.
const V4_BODY: Kind = Kind::Object(&[
    optional("texts", Kind::List(&Kind::String(1, usize::MAX), 1, 96)),
    optional("images", Kind::List(&TEXT, 1, 96)),
    optional(
        "inputs",
        Kind::List(&Kind::Open(&[required("content", PARTS)]), 1, 96),
    ),
    required("input_type", INPUT_TYPE),
    optional(
        "truncate",
        Kind::Word(&["NONE", "LEFT", "RIGHT", "START", "END"]),
    ),
    optional("embedding_types", TYPES),
    optional("output_dimension", Kind::Choice(&[256, 512, 1024, 1536])),
    optional("max_tokens", Kind::Integer(1, 128_000)),
]);

const PARTS: Kind = Kind::List(
    &Kind::Open(&[required("type", Kind::Word(&["text", "image_url"]))]),
    1,
    usize::MAX,
);

/// The members that say what to embed: one of them has to be there.
const CONTENTS: [&str; 3] = ["texts", "images", "inputs"];

/// Checks a body.
///
/// Version 3 has a schema for each thing that can be embedded, so that a body with none of them is told of them
/// all (seen in public, as often as here). How two of them are refused is not known.
pub(super) fn check(
    version: CohereEmbed,
    members: &Map<String, Value>,
) -> Result<(), DialectError> {
    let mut present = CONTENTS.iter().filter(|name| members.contains_key(**name));
    let (first, second) = (present.next(), present.next());
    let schema = match version {
        CohereEmbed::V4 => &V4_BODY,
        _ => &V3_BODY,
    };
    let mut found = schema::violations(members, schema);
    if first.is_none() {
        let missing: &[&str] = match version {
            CohereEmbed::V4 => &["texts"],
            _ => &["images", "texts", "texts", "texts", "texts"],
        };
        let told = missing
            .iter()
            .map(|name| ("#".to_owned(), format!("required key [{name}] not found")));
        found.splice(0..0, told);
    }
    schema::tell(&found)?;
    match (first, second) {
        (Some(first), Some(second)) => Err(DialectError::Provider(format!(
            "only one of {first} and {second} may be provided"
        ))),
        _ => Ok(()),
    }
}

/// How the service says it is not known.
pub(super) fn check_image(place: &str, file: &[u8]) -> Result<(), DialectError> {
    if file.len() <= IMAGE_BYTES {
        return Ok(());
    }
    Err(DialectError::Provider(format!(
        "{place}: the image has {} bytes, which is more than {IMAGE_BYTES}",
        file.len()
    )))
}

/// An image that is no data URI of a known format. How the service says it is not known.
pub(super) fn not_an_image(place: &str) -> DialectError {
    DialectError::Provider(format!(
        "{place}: not a data URI of a PNG, JPEG, WebP or GIF image in base64"
    ))
}

/// A text that must not be cut off. How the service says it is not known.
pub(super) fn too_long(count: u64, limit: u64) -> DialectError {
    DialectError::Provider(format!(
        "too many tokens: an input has {count} tokens, which is more than {limit}"
    ))
}
