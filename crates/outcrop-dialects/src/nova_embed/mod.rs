//! Nova's multimodal embeddings.

mod error;
mod request;
mod response;

use outcrop_catalogue::Model;

use crate::{Call, Dialect, DialectError, body};

/// `amazon.nova-2-multimodal-embeddings-v1:0`.
pub(crate) struct NovaEmbed;

impl Dialect for NovaEmbed {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let (parts, responder) = request::read(model, &body::parse(body)?)?;
        Ok(Call::Embed(parts, Box::new(responder)))
    }
}
