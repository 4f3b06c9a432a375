//! What every family of models implements.

use std::time::Duration;

use outcrop_catalogue::Model;
use outcrop_engine::{Answer, Embeddings, RerankResult, StreamEvent};
use serde_json::Value;

use crate::{AsyncCall, Call, DialectError, Sourced, error::not_asynchronous};

/// The native bodies of a family of models.
pub trait Dialect: Send + Sync {
    /// Understands a body that was sent to `model`.
    fn request(&self, model: &Model, body: &[u8]) -> Result<Call, DialectError>;

    /// The objects in S3 whose contents have to be in a body before it can be understood. A conversation names its
    /// objects in the Converse vocabulary, and needs none here.
    fn sourced(&self, _body: &Value) -> Vec<Sourced> {
        Vec::new()
    }

    /// Understands the input of an asynchronous invocation of `model`.
    fn asynchronous(&self, _model: &Model, _input: &[u8]) -> Result<AsyncCall, DialectError> {
        Err(not_asynchronous())
    }
}

/// Says an answer in the dialect of the body that asked for it.
pub trait ChatResponder: Send + Sync {
    /// The body of `InvokeModel`'s answer.
    fn response(&self, answer: &Answer) -> Value;

    /// The same where the body asked for several choices: an answer for each.
    fn responses(&self, answers: &[Answer]) -> Value {
        answers
            .first()
            .map_or(Value::Null, |answer| self.response(answer))
    }

    /// Refuses a body that is not answered in chunks.
    fn check_stream(&self) -> Result<(), DialectError> {
        Ok(())
    }

    /// The chunks of `InvokeModelWithResponseStream`'s answer. Where there are several choices, each begins with a
    /// `MessageStart`; `Metadata` comes once, for all.
    ///
    /// `input_tokens` are the request's, counted beforehand for those that
    /// [tell them first](Self::tells_input_first).
    fn stream(&self, input_tokens: u32) -> Box<dyn ChatStream>;

    /// Whether the first chunk tells how many tokens the request has, which Converse does in its last event only.
    fn tells_input_first(&self) -> bool {
        false
    }

    /// Which counts of cached tokens the headers of a whole answer tell, of a model that can cache.
    fn cache_headers(&self) -> CacheHeaders {
        CacheHeaders::Both
    }

    /// How many choices the body asked for.
    fn choices(&self) -> u32 {
        1
    }
}

/// Counts of cached tokens in headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheHeaders {
    /// None.
    Neither,
    /// Tokens read; tokens written only where there are any.
    Read,
    /// Tokens read and tokens written.
    Both,
}

/// Turns the events of one answer into native chunks.
pub trait ChatStream: Send + Sync {
    /// The chunks that an event gives rise to; each is the `bytes` of one `chunk` frame.
    ///
    /// The last chunk, on the event `Metadata`, carries `amazon-bedrock-invocationMetrics`; `timing`
    /// is looked at only then.
    fn chunks(&mut self, event: StreamEvent, timing: Timing) -> Vec<Value>;
}

/// How long an answer took, counted from the request's arrival.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timing {
    /// Until the first event.
    pub first_byte_latency: Duration,
    /// Until now.
    pub invocation_latency: Duration,
}

/// Says vectors in the dialect of the body that asked for them.
pub trait EmbedResponder: Send + Sync {
    /// The body of the answer.
    fn response(&self, embeddings: &Embeddings) -> Value;
}

/// Says an order of documents in the dialect of the body that asked for it.
pub trait RerankResponder: Send + Sync {
    /// The body of the answer; `results` are sorted, best first.
    fn response(&self, results: &[RerankResult]) -> Value;
}

/// Hands over images in the dialect of the body that asked for them.
pub trait ImageResponder: Send + Sync {
    /// The body of the answer; each image is a PNG file.
    fn response(&self, images: &[Vec<u8>]) -> Value;
}
