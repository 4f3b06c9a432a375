//! Nova Reel: videos of one shot or of several, by `StartAsyncInvoke` only.

mod error;
mod request;
mod response;

use outcrop_catalogue::Model;

use crate::{AsyncCall, Call, Dialect, DialectError, body, elsewhere::Elsewhere};

/// `amazon.nova-reel-v1:0` and `amazon.nova-reel-v1:1`.
pub(crate) struct NovaReel;

impl Dialect for NovaReel {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        Elsewhere::Asynchronous.request(model, body)
    }

    fn asynchronous(&self, model: &Model, body: &[u8]) -> Result<AsyncCall, DialectError> {
        request::read(model, &body::parse(body)?)
    }
}

#[cfg(test)]
mod tests;
