//! Nova's multimodal embeddings.

mod asynchronous;
mod error;
mod request;
mod response;
mod source;

use outcrop_catalogue::Model;
use serde_json::Value;

use crate::{AsyncCall, Call, Dialect, DialectError, Sourced, body};

/// `amazon.nova-2-multimodal-embeddings-v1:0`.
pub(crate) struct NovaEmbed;

impl Dialect for NovaEmbed {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let (parts, responder) = request::read(model, &body::parse(body)?)?;
        Ok(Call::Embed(parts, Box::new(responder)))
    }

    fn sourced(&self, body: &Value) -> Vec<Sourced> {
        source::of(body)
    }

    fn asynchronous(&self, model: &Model, input: &[u8]) -> Result<AsyncCall, DialectError> {
        asynchronous::read(model, &body::parse(input)?)
    }
}
