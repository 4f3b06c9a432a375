//! Cohere's embedding models, versions 3 and 4.

mod error;
mod image;
mod quantize;
mod request;
mod response;

use outcrop_catalogue::Model;

use crate::{Call, Dialect, DialectError, body, id};
use response::Responder;

/// Which version of the bodies a model speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CohereEmbed {
    /// `cohere.embed-english-v3`: it tells the texts in lower case.
    V3English,
    /// `cohere.embed-multilingual-v3`.
    V3,
    /// `cohere.embed-v4:0`.
    V4,
}

impl Dialect for CohereEmbed {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let asked = request::read(*self, model, &body::parse(body)?)?;
        let id = id::uuid(id::request(model, body), 0);
        let responder = Responder {
            version: *self,
            id,
            texts: asked.texts,
            images: asked.images,
            types: asked.types,
        };
        Ok(Call::Embed(asked.parts, Box::new(responder)))
    }
}
