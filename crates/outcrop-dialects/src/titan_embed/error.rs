//! The schemas of the bodies, and the limit of a text.

use outcrop_engine::canned::tokenizer;

use crate::DialectError;
use crate::schema::{Kind, TEXT, optional, required};

/// The most tokens of a text.
const TOKENS: u64 = 8192;

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

pub(super) const IMAGE_BODY: Kind = Kind::Object(&[
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

/// Refuses a text of too many tokens, with the text that the service sends.
pub(super) fn check_tokens(text: &str) -> Result<(), DialectError> {
    let count = tokenizer::count(text);
    if count <= TOKENS {
        return Ok(());
    }
    Err(DialectError::Provider(format!(
        "400 Bad Request: Too many input tokens. Max input tokens: {TOKENS}, request input token count: {count} "
    )))
}

/// Neither a text nor an image.
pub(super) fn nothing_to_embed() -> DialectError {
    DialectError::Schema("required key [inputText] not found".to_owned())
}
