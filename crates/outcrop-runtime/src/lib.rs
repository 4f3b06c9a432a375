//! Handlers of Amazon Bedrock Runtime, one file per operation.
//!
//! Every inference takes one path: a request of whatever shape becomes an [`Inference`], its model
//! is resolved, the conversation's rules are checked, the engine streams events. Converse folds
//! them, `ConverseStream` sends them, `InvokeModel` turns them into the model's own words.

mod apply_guardrail;
mod async_invoke;
mod call;
mod choices;
mod context;
mod converse;
mod converse_stream;
mod count_tokens;
mod error;
mod get_async_invoke;
mod guardrail;
mod in_process;
mod inference;
mod invoke_guardrail_checks;
mod invoke_model;
mod invoke_model_with_response_stream;
mod judge;
mod list_async_invokes;
mod native;
mod resolve;
mod rules;
mod runtime;
mod service;
mod start_async_invoke;
mod stored;

pub use async_invoke::{
    AsyncInference, AsyncInvokeError, AsyncInvokeFuture, AsyncInvokes, NewAsyncInvoke,
    NoAsyncInvokes,
};
pub use guardrail::{
    Asked, Enforced, Guardrails, NoGuardrails, Overrides, Ready, Scenario, Selection, TraceLevel,
};
pub use in_process::{Answered, InProcess, Refused};
pub use inference::Inference;
pub use judge::{FilterFormat, JudgeRole, JudgeSettings, Judges};
pub use runtime::Runtime;
pub use service::{SERVED, service};
pub use stored::{Fetched, Hold, NoObjects, StoredError, StoredObjects};
