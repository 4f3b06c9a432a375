//! Nova's chat models: `messages-v1`, which is close to Converse.

mod content;
mod error;
mod request;
mod response;
mod stream;

use outcrop_catalogue::Model;

use crate::{Call, Dialect, DialectError, body};
use response::Responder;

/// Nova's native bodies.
pub(crate) struct Nova;

impl Dialect for Nova {
    fn request(&self, _model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let parts = request::read(&body::parse(body)?)?;
        Ok(Call::Converse(Box::new(parts), Box::new(Responder)))
    }
}
