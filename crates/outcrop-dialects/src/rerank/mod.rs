//! Rerankers, Cohere's and Amazon's: nearly the same bodies.

mod error;
mod request;
mod response;

use outcrop_catalogue::Model;

use crate::{Call, Dialect, DialectError, body};
use response::Responder;

/// Whose reranker a model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rerank {
    /// `cohere.rerank-v3-5:0`.
    Cohere,
    /// `amazon.rerank-v1:0`.
    Amazon,
}

impl Dialect for Rerank {
    fn request(&self, _model: &Model, body: &[u8]) -> Result<Call, DialectError> {
        Ok(Call::Rerank(
            request::read(*self, &body::parse(body)?)?,
            Box::new(Responder),
        ))
    }
}
