//! Luma Ray: videos, by `StartAsyncInvoke` only.

mod error;
mod request;
mod response;

use outcrop_catalogue::Model;

use crate::{AsyncCall, Call, Dialect, DialectError, body, elsewhere::Elsewhere};

/// `luma.ray-v2:0`.
pub(crate) struct LumaRay;

impl Dialect for LumaRay {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        Elsewhere::Asynchronous.request(model, body)
    }

    fn asynchronous(&self, _model: &Model, body: &[u8]) -> Result<AsyncCall, DialectError> {
        let parts = request::read(&body::parse(body)?)?;
        Ok(AsyncCall {
            sources: Vec::new(),
            plan: Box::new(response::Plan { parts }),
        })
    }
}

#[cfg(test)]
mod tests;
