//! Claude: the Messages API, and the text completions of the first models.

mod built_in_tool;
mod cache;
mod citation;
mod content;
mod error;
mod fields;
mod generation;
mod identity;
mod media;
mod message;
mod parameters;
mod request;
mod response;
mod rules;
mod stream;
mod tool;
mod tool_result;
mod usage;
mod version;

use outcrop_catalogue::Model;

use crate::prompt::families::CLAUDE_TEXT;
use crate::{Call, Dialect, DialectError, body, id};
use response::Responder;

/// Claude's native bodies.
pub(crate) struct Anthropic;

impl Dialect for Anthropic {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let members = body::parse(body)?;
        if members.contains_key("prompt") && !members.contains_key("messages") {
            return CLAUDE_TEXT.request(model, body);
        }
        let parts = request::read(model, &members)?;
        let responder = Responder::new(model, id::request(model, body), &parts);
        Ok(Call::Converse(Box::new(parts), Box::new(responder)))
    }
}
