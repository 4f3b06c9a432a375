//! The schema of a body. Families take more members than these, each its own.

use serde_json::{Map, Value};

use crate::DialectError;
use crate::schema::{Kind, NUMBER, TEXT, UNIT, optional, required};

const JAMBA_CHOICES: u32 = 16;

pub(super) const BODY: Kind = Kind::Open(&[
    required("messages", Kind::List(&MESSAGE, 1, usize::MAX)),
    optional("max_tokens", Kind::Integer(1, i64::MAX)),
    optional("max_completion_tokens", Kind::Integer(1, i64::MAX)),
    optional("temperature", Kind::Number(0.0, 2.0)),
    optional("top_p", UNIT),
    optional("tools", Kind::List(&TOOL, 0, usize::MAX)),
    optional("n", Kind::Integer(1, 128)),
    optional("frequency_penalty", NUMBER),
    optional("presence_penalty", NUMBER),
]);

const MESSAGE: Kind = Kind::Open(&[required(
    "role",
    Kind::Word(&["system", "developer", "user", "assistant", "tool"]),
)]);

const TOOL: Kind = Kind::Open(&[
    required("type", Kind::Word(&["function"])),
    required("function", Kind::Open(&[required("name", TEXT)])),
]);

/// A part of a user's message that is not taken.
#[derive(Debug)]
pub(super) enum Part {
    /// No text.
    Text,
    /// An image that is no data URI: the service fetches nothing.
    Image,
    /// Audio that is no base64, or of another format.
    Audio,
    /// A type that is not known.
    Type(String),
}

impl Part {
    pub(super) fn at(self, message: usize, part: usize) -> DialectError {
        let place = format!("#/messages/{message}/content/{part}");
        DialectError::Schema(match self {
            Self::Text => format!("{place}: required key [text] not found"),
            Self::Image => format!("{place}/image_url: an image has to be a data URI"),
            Self::Audio => format!("{place}/input_audio: audio has to be base64 of a known format"),
            Self::Type(other) => format!("{place}/type: {other} is not a valid enum value"),
        })
    }
}

/// The most choices of Jamba's, and none beside the first where all would be the same (AI21's documentation; the words
/// are ours).
pub(super) fn check_jamba(members: &Map<String, Value>, choices: u32) -> Result<(), DialectError> {
    if choices > JAMBA_CHOICES {
        return Err(DialectError::Schema(format!(
            "#/n: {choices} is not less or equal to {JAMBA_CHOICES}"
        )));
    }
    let temperature = members.get("temperature").and_then(Value::as_f64);
    if choices > 1 && temperature == Some(0.0) {
        return Err(DialectError::Schema(format!(
            "#/n: {choices} choices need a temperature above 0"
        )));
    }
    Ok(())
}

/// Jamba streams one choice only (AI21's documentation; the words are ours).
pub(super) fn several_streamed(choices: u32) -> DialectError {
    DialectError::Schema(format!(
        "#/n: {choices} is not less or equal to 1 in a stream"
    ))
}

/// Every message has content, except one of the assistant's that only calls.
pub(super) fn no_content(message: usize) -> DialectError {
    DialectError::Schema(format!(
        "#/messages/{message}: required key [content] not found"
    ))
}
