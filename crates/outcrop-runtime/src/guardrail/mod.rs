//! Guardrails in an exchange: which ones are attached, what of a request and an answer they assess, and what is told.
//!
//! Every inference takes the same way. [`Exchange::open`] finds the guardrails that the request names and those that the
//! account enforces; [`Exchange::input`] assesses the request before a model is called; [`Exchange::whole`] assesses a
//! whole answer, [`Guarded`] one that streams. Converse and the native bodies tell the same things in shapes of their own.

mod annotate;
mod asked;
mod assessment_json;
mod blocked;
mod content;
mod exchange;
pub(crate) mod native;
mod native_answer;
mod other;
mod overrides;
pub(crate) mod raw;
mod source;
mod stream;
mod tags;
mod trace;

pub(crate) use self::{
    annotate::{annotate, annotate_chunk, blocked_shape},
    blocked::{Blocked, answer},
    exchange::Exchange,
    native_answer::NativeGuard,
    other::blocked as blocked_call,
    stream::{Guarded, guarded},
    trace::without_reasoning,
};
pub use self::{
    asked::{Asked, TraceLevel},
    overrides::{Overrides, Scenario},
    source::{Enforced, Guardrails, NoGuardrails, Ready, Selection},
};

use outcrop_engine::EngineError;

/// What the service says of an id or version that names none (quoted by users; 400).
pub(crate) const NO_SUCH_GUARDRAIL: &str =
    "The guardrail identifier or version provided in the request does not exist.";

pub(crate) fn no_such_guardrail() -> EngineError {
    EngineError::Validation(NO_SUCH_GUARDRAIL.into())
}

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
