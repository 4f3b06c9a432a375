//! A request that is over.

use std::time::{Duration, Instant};

use outcrop_engine::observation::Seen;

/// `gen_ai.provider.name` of everything that Outcrop answers.
pub const PROVIDER: &str = "aws.bedrock";

/// What is measured of one request. Texts are of bounded sets: no ids, no paths with ids in them.
#[derive(Debug, Clone, Copy)]
pub struct Finished<'a> {
    /// The HTTP method, `_OTHER` for unusual ones.
    pub method: &'static str,
    /// The operation, as AWS calls it; empty where the request matches none.
    pub operation: &'a str,
    /// Status of the answer; none where there was no answer.
    pub status: Option<u16>,
    /// The exception's name, or `client_disconnected`; empty where all went well.
    pub error: &'a str,
    /// From the request's head to the end of its answer.
    pub duration: Duration,
    /// Bytes of the request's body, where its head tells.
    pub request_bytes: Option<u64>,
    /// Bytes of the answer's body that were sent.
    pub response_bytes: u64,
    /// Whether the client left before the answer's end.
    pub aborted: bool,
    /// What was inferred, for requests that ask for it.
    pub inference: Option<Inference<'a>>,
}

/// What is measured of one inference.
#[derive(Debug, Clone, Copy)]
pub struct Inference<'a> {
    /// `gen_ai.operation.name`.
    pub operation: &'a str,
    /// The model's id in the catalogue; `other` for what is not in it.
    pub model: &'a str,
    /// When the request began.
    pub begun: Instant,
    /// What was seen of it.
    pub seen: &'a Seen,
}

impl Inference<'_> {
    /// From the request's head to the first piece of content.
    #[must_use]
    pub fn time_to_first_token(&self) -> Option<Duration> {
        let first = self.seen.first_token?;
        Some(first.saturating_duration_since(self.begun))
    }

    /// Time for each token after the first, of answers that are complete.
    #[must_use]
    pub fn time_per_output_token(&self) -> Option<Duration> {
        let further = u32::try_from(self.seen.output_tokens?.checked_sub(1)?).ok()?;
        let (first, last) = (self.seen.first_token?, self.seen.last_token?);
        last.saturating_duration_since(first).checked_div(further)
    }

    /// What the engine took.
    #[must_use]
    pub fn engine_duration(&self) -> Option<Duration> {
        let (asked, done) = (self.seen.asked?, self.seen.done?);
        Some(done.saturating_duration_since(asked))
    }

    /// Tokens by `gen_ai.token.type`. Conventions have a name for the first two only.
    #[must_use]
    pub fn tokens(&self) -> [(&'static str, Option<u64>); 4] {
        [
            ("input", self.seen.input_tokens),
            ("output", self.seen.output_tokens),
            ("cache_read", self.seen.cache_read_tokens),
            ("cache_write", self.seen.cache_write_tokens),
        ]
    }
}

/// `gen_ai.operation.name` of a request that no engine has seen, by its operation; none for what is
/// no inference.
#[must_use]
pub fn operation_name(operation: &str) -> Option<&'static str> {
    match operation {
        "Converse" | "ConverseStream" => Some("chat"),
        "InvokeModel" | "InvokeModelWithResponseStream" => Some("invoke_model"),
        "CountTokens" => Some("count_tokens"),
        _ => None,
    }
}
