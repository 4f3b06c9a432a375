//! Asynchronous invocations: one input of a model, whose answer goes to a place in S3.
//!
//! The operations are Bedrock Runtime's; they come here by [`AsyncInvokes`]. The work is done by whoever reads the
//! queue that [`QUEUE`] names, as with batch inference, and [`AsyncInvokeJob`] is an invocation as the worker sees it.
//!
//! An input may have megabytes, so it is kept in a record of its own as long as there is work left. The request that is kept has
//! the fingerprint of the input in its place.

mod get;
mod list;
mod output;
mod start;
mod work;

use std::sync::Arc;

use bedrock_runtime_smithy::{
    input::{ListAsyncInvokesInput, StartAsyncInvokeInput},
    model::AsyncInvokeStatus,
    output::{GetAsyncInvokeOutput, ListAsyncInvokesOutput},
};
use bytes::Bytes;
use outcrop_objects::Objects;
use outcrop_runtime::{AsyncInvokeError, AsyncInvokeFuture, AsyncInvokes, NewAsyncInvoke};
use outcrop_wire::{Caller, RawBody};
use serde::{Deserialize, Serialize};

pub use work::{AsyncInvokeJob, QUEUE};

use crate::{
    Control,
    clock::date_time,
    context::Context,
    error::{ControlError, Exception},
    resource::{Held, Resource, original},
};

original!(StartAsyncInvokeInput, POST "/async-invoke");

/// The kind of resource.
pub(crate) struct AsyncInvoke;

/// The kind of the records that keep the inputs of invocations with work left, with the ids of these.
const INPUT: &str = "async-invoke-input";

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    /// The model that is asked.
    model_arn: String,
    /// How it ended, if it has.
    end: Option<End>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct End {
    /// Nanoseconds since 1970, UTC.
    at: i64,
    /// What went wrong.
    failure: Option<String>,
}

impl Resource for AsyncInvoke {
    const KIND: &'static str = "async-invoke";
    type Request = StartAsyncInvokeInput;
    type State = State;
}

impl State {
    fn status(&self) -> AsyncInvokeStatus {
        match &self.end {
            None => AsyncInvokeStatus::InProgress,
            Some(End { failure: None, .. }) => AsyncInvokeStatus::Completed,
            Some(_) => AsyncInvokeStatus::Failed,
        }
    }
}

/// The asynchronous invocations of the callers, and where their output goes.
pub struct ControlAsyncInvokes {
    control: Arc<Control>,
    objects: Objects,
}

impl ControlAsyncInvokes {
    /// Those that `control` keeps.
    #[must_use]
    pub fn new(control: Arc<Control>, objects: Objects) -> Self {
        Self { control, objects }
    }
}

impl AsyncInvokes for ControlAsyncInvokes {
    fn start<'a>(
        &'a self,
        caller: &'a Caller,
        new: NewAsyncInvoke,
    ) -> AsyncInvokeFuture<'a, String> {
        Box::pin(start::start(&self.control, &self.objects, caller, new))
    }

    fn get<'a>(
        &'a self,
        caller: &'a Caller,
        arn: &'a str,
    ) -> AsyncInvokeFuture<'a, GetAsyncInvokeOutput> {
        Box::pin(async move { Ok(get::get(&self.control, &context(caller), arn).await?) })
    }

    fn list<'a>(
        &'a self,
        caller: &'a Caller,
        input: ListAsyncInvokesInput,
    ) -> AsyncInvokeFuture<'a, ListAsyncInvokesOutput> {
        Box::pin(async move { Ok(list::list(&self.control, &context(caller), &input).await?) })
    }
}

fn context(caller: &Caller) -> Context {
    Context::new(caller.clone(), RawBody(Bytes::new()))
}

impl From<ControlError> for AsyncInvokeError {
    /// `StartAsyncInvoke` declares no `TooManyTagsException`, and the others nothing for what is not there.
    fn from(error: ControlError) -> Self {
        let text = error.to_string();
        match error.exception() {
            Exception::Conflict => Self::Conflict(text),
            Exception::ServiceQuotaExceeded => Self::Quota(text),
            Exception::Throttling => Self::Throttling(text),
            Exception::InternalServer => Self::Internal(text),
            _ => Self::Validation(text),
        }
    }
}

/// An invocation in one of the two shapes that Get and List have for it. Only one of them must have a `status`.
macro_rules! described {
    ($shape:ident, $held:expr, $status:expr) => {{
        let held: &Held<AsyncInvoke> = $held;
        let request = held.request()?;
        let end = held.state.end.as_ref();
        $shape {
            client_request_token: request.client_request_token,
            end_time: end.map(|end| date_time(end.at)),
            failure_message: end.and_then(|end| end.failure.clone()),
            invocation_arn: held.arn(),
            last_modified_time: Some(held.updated_at()),
            model_arn: held.state.model_arn.clone(),
            output_data_config: output::told(request.output_data_config, held.id()),
            status: $status,
            submit_time: held.created_at(),
        }
    }};
}
use described;

#[cfg(test)]
mod tests;
