//! Conformance of the running binary with the real service.
//!
//! Two tests, each against a server process of its own:
//!
//! * `recordings` replays the recorded exchanges of `../shared/recordings` and compares the answers;
//! * `constraints` breaks every constraint of the official models, one at a time, and sends malformed bodies.
//!
//! # What equal means for a recorded answer
//!
//! A canned engine cannot say what a model said, so answers are compared by their *skeleton*: names of members and JSON
//! types. An answer is taken apart into named parts (the body, each kind of content block, each kind of event), and every
//! part has to equal one that was recorded:
//!
//! * first those of the same exchange;
//! * then those of the same model and operation whose requests used the same features (prompt caching, reasoning), unless
//!   they are older: the service has added members over the years;
//! * where the exchange has no such part, because the model said something else: those of the same model, then of the same
//!   provider, then of the operation. A part that was recorded nowhere is a difference.
//!
//! What depends on the model's choice may be absent from either side: text blocks, tool calls (unless `toolChoice` forces
//! one), citations, and the provider's own tools. Everything else that was recorded has to be there: reasoning, each kind of
//! event, the metrics. Some values are left out of the comparison:
//!
//! * arguments of tool calls, which follow the caller's schema; only that they are objects is compared;
//! * `usage.cacheDetails` when the request has cache points: it says what was written, which depends on earlier requests;
//! * `stop_sequence` of Anthropic answers, null unless one was hit;
//! * the emptiness of lists of scalars;
//! * the prompt's token count in the events between the first and the last of a native stream, null except in the first;
//! * members that the service has added since (`p`, `usage.serverToolUsage`, `stop_details`; the list is in [`evidence`]):
//!   ours may have them where the recording is older than they are, or undated.
//!
//! The order of members is compared only where the recorder kept the bytes (`body_reserialized` is absent), and headers only
//! where it kept the headers (`x-amzn-RequestId` is among them).
//!
//! Exchanges with a guardrail are replayed with one that is made through the control plane, as far as the recordings show it
//! ([`guardrail`]), and with a backend that says what the model had said, so that it finds what was found. Whether an event in
//! the midst of a native stream tells that a guardrail acted is left out: it depends on how much was looked at before it.
//! Bodies of `ApplyGuardrail` have to be equal to the byte, but for ids and latency.
//!
//! Of a stream whose recorder stopped before its end, the recorded beginning is compared.
//!
//! Exchanges whose request was not recorded, or that need authentication, an endpoint of the recording account, or another
//! service, are counted and not replayed.

pub mod answer;
pub mod backend;
pub mod client;
pub mod constraint;
pub mod error;
pub mod evidence;
pub mod floor;
pub mod grammar;
pub mod guardrail;
pub mod headers;
pub mod part;
pub mod recording;
pub mod scope;
pub mod score;
pub mod server;
pub mod skeleton;
#[cfg(test)]
mod testing;
pub mod verdict;

pub use error::{Failure, Result};
