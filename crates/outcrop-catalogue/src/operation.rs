//! The runtime operations that name a model.

/// A runtime operation that takes a `modelId`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `Converse`.
    Converse,
    /// `ConverseStream`.
    ConverseStream,
    /// `InvokeModel`.
    InvokeModel,
    /// `InvokeModelWithResponseStream`.
    InvokeModelWithResponseStream,
    /// `CountTokens`.
    CountTokens,
    /// `StartAsyncInvoke`.
    StartAsyncInvoke,
}

impl Operation {
    /// Whether the request is a Converse request, which only chat models take.
    #[must_use]
    pub fn is_converse(self) -> bool {
        matches!(self, Self::Converse | Self::ConverseStream)
    }

    /// Whether the answer is a stream of events.
    #[must_use]
    pub fn streams(self) -> bool {
        matches!(
            self,
            Self::ConverseStream | Self::InvokeModelWithResponseStream
        )
    }
}
