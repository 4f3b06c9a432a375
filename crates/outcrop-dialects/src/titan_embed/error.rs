//! The schemas of the bodies, and the limit of a text.

use outcrop_engine::canned::tokenizer;

use serde_json::{Map, Value};

use crate::DialectError;
use crate::image::Source;
use crate::schema::{self, Kind, TEXT, optional, required};

/// The most tokens of a text.
pub(super) const TEXT_TOKENS: u64 = 8192;
/// The most tokens of a text that is embedded with an image, or could be (AWS's guide).
pub(super) const IMAGE_TOKENS: u64 = 256;
/// The most pixels of an image (AWS's guide: 2,048 a side).
const PIXELS: u64 = 2048 * 2048;

/// A text has a length in characters too (recorded).
const INPUT_TEXT: Kind = Kind::String(1, 50_000);

pub(super) const TEXT_BODY: Kind = Kind::Object(&[required("inputText", INPUT_TEXT)]);

pub(super) const TEXT_V2_BODY: Kind = Kind::Object(&[
    required("inputText", INPUT_TEXT),
    optional("dimensions", Kind::Choice(&[256, 512, 1024])),
    optional("normalize", Kind::Boolean),
    optional(
        "embeddingTypes",
        Kind::List(&Kind::Word(&["float", "binary"]), 1, 2),
    ),
]);

const IMAGE_BODY: Kind = Kind::Object(&[
    optional("inputText", Kind::String(1, usize::MAX)),
    optional("inputImage", TEXT),
    optional(
        "embeddingConfig",
        Kind::Object(&[optional(
            "outputEmbeddingLength",
            Kind::Choice(&[256, 384, 1024]),
        )]),
    ),
]);

/// The other form of the body for images, of which nothing but its key is known.
const IMAGE_BATCH: Kind = Kind::Object(&[required("requests", Kind::Any)]);

/// A body for images has one of two forms; the service tells how it breaks both (seen in public).
pub(super) fn check_image(members: &Map<String, Value>) -> Result<(), DialectError> {
    let mut found = schema::violations(members, &IMAGE_BODY);
    if found.is_empty() {
        return Ok(());
    }
    found.extend(schema::violations(members, &IMAGE_BATCH));
    let told: Vec<_> = found
        .iter()
        .map(|(pointer, text)| format!("{pointer}: {text}"))
        .collect();
    Err(DialectError::Schema(told.join(", ")))
}

/// Refuses a large image, with the text that the service sends (seen in public, the space at its end too).
pub(super) fn check_pixels(source: &Source) -> Result<(), DialectError> {
    if source.pixels() <= PIXELS {
        return Ok(());
    }
    Err(DialectError::Provider(
        "400 Bad Request: Image exceeds max pixels allowed. ".to_owned(),
    ))
}

/// Refuses a text of too many tokens, with the text that the service sends.
pub(super) fn check_tokens(text: &str, limit: u64) -> Result<(), DialectError> {
    let count = tokenizer::count(text);
    if count <= limit {
        return Ok(());
    }
    Err(DialectError::Provider(format!(
        "400 Bad Request: Too many input tokens. Max input tokens: {limit}, request input token count: {count} "
    )))
}

/// Neither a text nor an image.
pub(super) fn nothing_to_embed() -> DialectError {
    DialectError::Schema("required key [inputText] not found".to_owned())
}
