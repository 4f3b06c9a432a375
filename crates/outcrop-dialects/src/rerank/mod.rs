//! Rerankers, Cohere's and Amazon's: the same bodies.

mod error;
mod request;
mod response;

use outcrop_catalogue::Model;

use crate::{Call, Dialect, DialectError, body};
use response::Responder;

/// `cohere.rerank-v3-5:0` and `amazon.rerank-v1:0`.
pub(crate) struct Rerank;

impl Dialect for Rerank {
    fn request(&self, _model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        Ok(Call::Rerank(
            request::read(&body::parse(body)?)?,
            Box::new(Responder),
        ))
    }
}
