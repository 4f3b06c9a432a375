//! Models that `InvokeModel` and its stream do not reach: videos are made by `StartAsyncInvoke`, and speech goes
//! over `InvokeModelWithBidirectionalStream`.

mod error;

use outcrop_catalogue::Model;

use crate::{Call, Dialect, DialectError};

/// The operation that reaches a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    /// `StartAsyncInvoke`: `amazon.nova-reel-v1:0`, `luma.ray-v2:0`.
    Asynchronous,
    /// `InvokeModelWithBidirectionalStream`: `amazon.nova-sonic-v1:0`.
    Bidirectional,
}

impl Dialect for Elsewhere {
    /// Whatever the body is, it is not for this operation.
    fn request(&self, model: &Model, _body: &[u8]) -> Result<Call, DialectError> {
        Err(error::of(*self, &model.id))
    }
}
