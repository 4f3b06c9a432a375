//! Titan's embedding models: texts in two versions, and texts with images.

mod error;
mod request;
mod response;

use outcrop_catalogue::Model;

use crate::{Call, Dialect, DialectError, body};
use response::Responder;

/// `amazon.titan-embed-text-v1` and its predecessor.
pub(crate) struct TitanEmbedText;

/// `amazon.titan-embed-text-v2:0`.
pub(crate) struct TitanEmbedTextV2;

/// `amazon.titan-embed-image-v1`.
pub(crate) struct TitanEmbedImage;

impl Dialect for TitanEmbedText {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let parts = request::text(model, &body::parse(body)?)?;
        Ok(Call::Embed(parts, Box::new(Responder::Text)))
    }
}

impl Dialect for TitanEmbedTextV2 {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let (parts, types) = request::text_v2(model, &body::parse(body)?)?;
        Ok(Call::Embed(parts, Box::new(Responder::TextV2(types))))
    }
}

impl Dialect for TitanEmbedImage {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let parts = request::image(model, &body::parse(body)?)?;
        Ok(Call::Embed(parts, Box::new(Responder::Image)))
    }
}
