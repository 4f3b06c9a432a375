//! Which recorded exchanges can be replayed, and what the others lack.

use std::fmt;

use crate::{guardrail, recording::Exchange};

/// What becomes of an exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// It is replayed.
    Replayed,
    /// The recorder kept only the answer.
    WithoutRequest,
    /// The answer depends on who asks.
    NeedsAuthentication,
    /// It is replayed with a guardrail that is made for it.
    Guarded,
    /// An endpoint that the recording account had deployed answered.
    NeedsEndpoint,
    /// Another AWS service answered.
    OtherService,
}

impl Scope {
    /// Judges an exchange by its request and by what was recorded.
    #[must_use]
    pub fn of(exchange: &Exchange) -> Self {
        let flagged = |flag: &str| exchange.flags.iter().any(|own| own == flag);
        if exchange.operation.contains('/') && !exchange.operation.starts_with("POST /model/") {
            Self::OtherService
        } else if exchange.answer.status == 403 {
            Self::NeedsAuthentication
        } else if flagged("no-request-body") || flagged("body-only") {
            Self::WithoutRequest
        } else if guardrail::takes_part(exchange) {
            Self::Guarded
        } else if exchange.model.starts_with("arn:aws:sagemaker:") {
            Self::NeedsEndpoint
        } else {
            Self::Replayed
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Replayed => "replayed",
            Self::WithoutRequest => "request not recorded",
            Self::NeedsAuthentication => "needs authentication",
            Self::Guarded => "with a guardrail",
            Self::NeedsEndpoint => "needs an endpoint",
            Self::OtherService => "another service",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::exchange;

    #[test]
    fn each_reason_is_recognised() {
        let plain = exchange("Converse", "{}", "{}");
        assert_eq!(Scope::of(&plain), Scope::Replayed);
        let mut denied = plain.clone();
        denied.answer.status = 403;
        assert_eq!(Scope::of(&denied), Scope::NeedsAuthentication);
        let mut lost = plain.clone();
        lost.flags = vec!["body-only".to_owned()];
        assert_eq!(Scope::of(&lost), Scope::WithoutRequest);
        let guarded = exchange("Converse", r#"{"guardrailConfig":{}}"#, "{}");
        assert_eq!(Scope::of(&guarded), Scope::Guarded);
        let mut endpoint = plain.clone();
        endpoint.model = "arn:aws:sagemaker:us-east-1:012345678901:endpoint/e".to_owned();
        assert_eq!(Scope::of(&endpoint), Scope::NeedsEndpoint);
        let agent = exchange("POST /agents/A/text", "{}", "{}");
        assert_eq!(Scope::of(&agent), Scope::OtherService);
    }

    #[test]
    fn missing_request_id_does_not_hinder_replay() {
        let mut exchange = exchange("Converse", "{}", "{}");
        exchange.flags = vec!["no-request-id".to_owned()];
        assert_eq!(Scope::of(&exchange), Scope::Replayed);
    }
}
