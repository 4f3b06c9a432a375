//! Nova Canvas.

mod error;
mod request;

use outcrop_catalogue::Model;

use crate::image::amazon::Responder;
use crate::{Call, Dialect, DialectError, body};

/// `amazon.nova-canvas-v1:0`.
pub(crate) struct NovaCanvas;

impl Dialect for NovaCanvas {
    fn request(&self, _model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let (parts, mask) = request::read(&body::parse(body)?)?;
        Ok(Call::Image(parts, Box::new(Responder { mask })))
    }
}
