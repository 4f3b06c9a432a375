//! `TwelveLabs` Marengo: vectors of texts and images. Those of sounds and videos come by `StartAsyncInvoke`.

mod asynchronous;
mod error;
mod request;
mod response;
mod source;

use outcrop_catalogue::Model;
use serde_json::Value;

use crate::{AsyncCall, Call, Dialect, DialectError, Sourced, body};
use response::Responder;

/// Which version of the bodies a model speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MarengoEmbed {
    /// `twelvelabs.marengo-embed-2-7-v1:0`: what to embed lies beside its type.
    V2,
    /// `twelvelabs.marengo-embed-3-0-v1:0`: what to embed lies in a member named after its type.
    V3,
}

impl Dialect for MarengoEmbed {
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let parts = request::read(*self, model, &body::parse(body)?)?;
        Ok(Call::Embed(parts, Box::new(Responder)))
    }

    fn sourced(&self, body: &Value) -> Vec<Sourced> {
        source::of(body)
    }

    fn asynchronous(&self, model: &Model, input: &[u8]) -> Result<AsyncCall, DialectError> {
        asynchronous::read(*self, model, body::parse(input)?)
    }
}
