//! The schema of a body. Families take more members than these, each its own.

use crate::DialectError;
use crate::schema::{INTEGER, Kind, NUMBER, TEXT, UNIT, optional, required};

pub(super) const BODY: Kind = Kind::Open(&[
    required("messages", Kind::List(&MESSAGE, 1, usize::MAX)),
    optional("max_tokens", Kind::Integer(1, i64::MAX)),
    optional("max_completion_tokens", Kind::Integer(1, i64::MAX)),
    optional("temperature", Kind::Number(0.0, 2.0)),
    optional("top_p", UNIT),
    optional("tools", Kind::List(&TOOL, 0, usize::MAX)),
    optional("n", INTEGER),
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

/// An image that is no data URI: the service fetches nothing.
pub(super) fn image(message: usize) -> DialectError {
    DialectError::Schema(format!(
        "#/messages/{message}/content: an image has to be a data URI"
    ))
}
