//! Stable Diffusion XL, the oldest of Stability AI's models.

mod error;
mod request;
mod response;

use outcrop_catalogue::Model;

use crate::{Call, Dialect, DialectError, body, id};
use response::Responder;

/// `stability.stable-diffusion-xl-v1`.
pub(crate) struct StableDiffusion;

impl Dialect for StableDiffusion {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let parts = request::read(&body::parse(body)?, id::request(model, body))?;
        let seed = parts.seed;
        Ok(Call::Image(parts, Box::new(Responder { seed })))
    }
}
