//! Stability AI: Stable Diffusion 3, Stable Image, and the services that upscale, edit and control.

mod error;
mod request;
mod response;
mod service;

use outcrop_catalogue::Model;

use crate::{Call, Dialect, DialectError, body, id};
use response::Responder;

/// Every model of Stability AI but Stable Diffusion XL.
pub(crate) struct Stability;

impl Dialect for Stability {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let members = body::parse(body)?;
        let parts = request::read(service::of(&model.id), &members, id::request(model, body))?;
        let seed = parts.seed;
        Ok(Call::Image(parts, Box::new(Responder { seed })))
    }
}
