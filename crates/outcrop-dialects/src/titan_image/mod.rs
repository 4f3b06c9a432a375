//! Titan Image Generator G1, versions 1 and 2.

mod error;
mod request;

use outcrop_catalogue::Model;

use crate::image::amazon::Responder;
use crate::{Call, Dialect, DialectError, body};

/// Which version of the bodies a model speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TitanImage {
    /// `amazon.titan-image-generator-v1`.
    V1,
    /// `amazon.titan-image-generator-v2:0`: image conditioning, colours and cutting out besides.
    V2,
}

impl Dialect for TitanImage {
    fn request(&self, _model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        let (parts, mask) = request::read(*self, &body::parse(body)?)?;
        Ok(Call::Image(parts, Box::new(Responder { mask })))
    }
}
