//! Batch inference jobs: many records of a model's input, from one place in S3 to another.
//!
//! The handlers keep what is asked and what has become of it. The work is done by whoever reads the queue that
//! [`QUEUE`] names: creating a job puts an entry into it, in the same commit, and the commit that ends the job takes it
//! out. [`BatchJob`] is the job as the worker sees it.

mod create_model_invocation_job;
mod get_model_invocation_job;
mod list_model_invocation_jobs;
mod model;
mod stop_model_invocation_job;
mod work;

use bedrock_smithy::{input::CreateModelInvocationJobInput, model::ModelInvocationJobStatus};
use serde::{Deserialize, Serialize};

pub use work::{BatchChange, BatchCounts, BatchJob, BatchStage, QUEUE};

pub(crate) use create_model_invocation_job::create_model_invocation_job;
pub(crate) use get_model_invocation_job::get_model_invocation_job;
pub(crate) use list_model_invocation_jobs::list_model_invocation_jobs;
pub(crate) use stop_model_invocation_job::stop_model_invocation_job;

use crate::{
    clock::date_time,
    resource::{Held, Resource, original},
};

/// `timeoutDurationInHours` where the request has none: the shortest that it may have.
const DEFAULT_TIMEOUT_HOURS: i32 = 24;

const NANOS_PER_HOUR: i64 = 3_600_000_000_000;

original!(CreateModelInvocationJobInput, POST "/model-invocation-job");

/// The kind of resource.
pub(crate) struct ModelInvocationJob;

/// What there is to know besides the request.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct State {
    stage: BatchStage,
    /// The id by which each record's model is asked.
    invoked_as: String,
    /// Whether a request has asked for it to be stopped.
    stop_requested: bool,
    /// What went wrong.
    message: Option<String>,
    /// Nanoseconds since 1970, UTC.
    ended_at: Option<i64>,
    /// Known once the input was read.
    counts: Option<BatchCounts>,
}

impl Resource for ModelInvocationJob {
    const KIND: &'static str = "model-invocation-job";
    type Request = CreateModelInvocationJobInput;
    type State = State;
}

/// When a job that was submitted at a time is out of time. Nanoseconds since 1970, UTC.
fn expires_at(submitted: i64, timeout_hours: Option<i32>) -> i64 {
    let hours = i64::from(timeout_hours.unwrap_or(DEFAULT_TIMEOUT_HOURS));
    submitted.saturating_add(hours.saturating_mul(NANOS_PER_HOUR))
}

/// A job that has not begun in time has expired, whether or not its worker has noticed yet.
fn status(
    held: &Held<ModelInvocationJob>,
    timeout_hours: Option<i32>,
    now: i64,
) -> ModelInvocationJobStatus {
    use {BatchStage as Stage, ModelInvocationJobStatus as Status};
    let waits = matches!(
        held.state.stage,
        Stage::Submitted | Stage::Validating | Stage::Scheduled
    );
    if waits && now >= expires_at(held.created_nanos(), timeout_hours) {
        return Status::Expired;
    }
    match held.state.stage {
        Stage::Completed => Status::Completed,
        Stage::PartiallyCompleted => Status::PartiallyCompleted,
        Stage::Failed => Status::Failed,
        Stage::Stopped => Status::Stopped,
        Stage::Expired => Status::Expired,
        _ if held.state.stop_requested => Status::Stopping,
        Stage::Submitted => Status::Submitted,
        Stage::Validating => Status::Validating,
        Stage::Scheduled => Status::Scheduled,
        Stage::InProgress => Status::InProgress,
    }
}

/// A job in one of the two shapes that Get and List have for it. `$name` is the member `jobName`, which only one of them
/// must have.
macro_rules! described {
    ($shape:ident, $held:expr, $request:expr, $now:expr, $name:expr) => {{
        let (held, request) = ($held, $request);
        let counts = held.state.counts;
        let expires = super::expires_at(held.created_nanos(), request.timeout_duration_in_hours);
        let hours = request
            .timeout_duration_in_hours
            .unwrap_or(super::DEFAULT_TIMEOUT_HOURS);
        $shape {
            client_request_token: request.client_request_token,
            end_time: held.state.ended_at.map(super::date_time),
            error_record_count: counts.map(|counts| counts.failed),
            input_data_config: request.input_data_config,
            job_arn: held.arn(),
            job_expiration_time: Some(super::date_time(expires)),
            job_name: $name,
            last_modified_time: Some(held.updated_at()),
            message: held.state.message.clone(),
            model_id: request.model_id,
            model_invocation_type: Some(request.model_invocation_type),
            output_data_config: request.output_data_config,
            processed_record_count: counts.map(|counts| counts.processed()),
            role_arn: request.role_arn,
            status: Some(super::status(held, Some(hours), $now)),
            submit_time: held.created_at(),
            success_record_count: counts.map(|counts| counts.succeeded),
            timeout_duration_in_hours: Some(hours),
            total_record_count: counts.map(|counts| counts.total),
            vpc_config: request.vpc_config,
        }
    }};
}
use described;

#[cfg(test)]
mod tests;
