//! What is to be known of a model server.

use std::{fmt, num::NonZeroUsize, time::Duration};

use crate::ModelMap;

/// A key that appears in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(pub String);

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// Where a model server is, and how it is treated. Messages to clients name these settings as the
/// configuration does: the member's name after `backend_`, and `backend` for the address.
#[derive(Debug, Clone)]
pub struct BackendSettings {
    /// Address of the API, for instance `http://localhost:11434/v1`.
    pub url: String,
    /// Sent as a bearer token.
    pub api_key: Option<ApiKey>,
    /// Which of its models answers a conversation.
    pub models: ModelMap,
    /// Which of its models embeds.
    pub embedding_models: ModelMap,
    /// Time until the first event of an answer: waiting for a turn and retries included.
    pub timeout: Duration,
    /// Time that an answer may be silent once it has begun.
    pub idle_timeout: Duration,
    /// Requests that the server gets at once.
    pub concurrency: NonZeroUsize,
    /// Requests that wait for their turn; further ones are throttled.
    pub queue: usize,
    /// Further tries of a request that got no answer at all.
    pub retries: u32,
}
