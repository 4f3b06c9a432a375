//! What a server accepts at once, and how long it waits.

use std::time::Duration;

/// Most bytes of a request body: 25 MiB, which leaves room around the 25,000,000 bytes that the model allows the body of
/// `InvokeModel` (the `@length` of `Body`).
///
/// The generated crates are made with the same number, the `requestBodyMaxBytes` of `model/settings.json`.
pub const MAX_BODY_BYTES: usize = 26_214_400;

/// Limits and deadlines of the wire layers. The defaults are safe to run with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Requests and open streams at once; what comes on top is answered 429 without waiting.
    pub in_flight: usize,
    /// Most bytes of one request body. More than [`MAX_BODY_BYTES`] is refused by the generated code.
    pub body_bytes: usize,
    /// Most bytes of all request bodies that are being read or answered, together.
    pub body_memory: usize,
    /// How long a request waits for room in `body_memory` before it is answered 503.
    pub body_memory_wait: Duration,
    /// How long a client may take to send a body.
    pub body_read: Duration,
    /// How long a handler may take to begin its answer.
    pub answer: Duration,
    /// How long a stream may stay silent before it is ended with an exception.
    pub stream_idle: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            in_flight: 16_384,
            body_bytes: MAX_BODY_BYTES,
            body_memory: 512 << 20,
            body_memory_wait: Duration::from_secs(10),
            body_read: Duration::from_mins(1),
            answer: Duration::from_mins(10),
            stream_idle: Duration::from_mins(5),
        }
    }
}
