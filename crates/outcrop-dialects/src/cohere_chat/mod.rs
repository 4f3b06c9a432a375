//! Cohere Command R and R+: a message after a history, with documents, tools and citations.

mod document;
mod error;
mod history;
mod request;
mod response;
mod stream;
mod tool;

use outcrop_catalogue::Model;
use serde_json::Value;

use crate::{Call, Dialect, DialectError, body, id};
use response::Responder;

/// Command R's native bodies.
pub(crate) struct CohereChat;

impl Dialect for CohereChat {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let members = body::parse(body)?;
        let parts = request::read(&members)?;
        let responder = Responder {
            body: Value::Object(members),
            deployment: id::request(model, &[]),
            request: id::request(model, body),
        };
        Ok(Call::Converse(Box::new(parts), Box::new(responder)))
    }
}
