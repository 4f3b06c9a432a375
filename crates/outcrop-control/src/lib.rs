//! Handlers of Amazon Bedrock's control plane: one folder per resource, one file per operation.
//!
//! What a request names is looked up as the account and region that ask see it: models and system-defined profiles in the
//! catalogue, everything that callers make in the store. What resources have in common is in `resource/`.

mod account_data_retention;
mod advanced_prompt_optimization_job;
mod async_invoke;
mod automated_reasoning_policy;
mod clock;
mod context;
mod control;
mod custom_model;
mod custom_model_deployment;
mod enforced_guardrail;
mod error;
mod evaluation_job;
mod foundation_model;
mod foundation_model_agreement;
mod guardrail;
mod imported_model;
mod inference_profile;
mod marketplace_model_endpoint;
mod model_copy_job;
mod model_customization_job;
mod model_import_job;
mod model_invocation_job;
mod model_invocation_logging;
mod page;
mod prompt_router;
mod provisioned_throughput;
mod ready_guardrail;
mod resolution;
mod resource;
mod resource_policy;
mod service;
mod settle_all;
mod tag;
mod use_case_for_model_access;

#[cfg(test)]
mod testing;

pub use async_invoke::{AsyncInvokeJob, ControlAsyncInvokes, QUEUE as ASYNC_INVOKE_QUEUE};
pub use clock::{Clock, SystemClock};
pub use control::{Control, Enforcements};
pub use enforced_guardrail::EnforcedGuardrail;
pub use error::StateUnavailable;
pub use guardrail::StoredGuardrail;
pub use model_invocation_job::{
    BatchChange, BatchCounts, BatchJob, BatchStage, QUEUE as BATCH_QUEUE,
};
pub use model_invocation_logging::{LogDestinations, NoLogDestinations};
pub use ready_guardrail::ControlGuardrails;
pub use service::{SERVED, service};
