//! How far a build workflow has come.

use bedrock_smithy::model::AutomatedReasoningPolicyBuildWorkflowStatus as Status;

use super::BuildWorkflow;
use crate::{
    Control,
    clock::nanos,
    resource::{Held, reached},
};

/// The states that a workflow passes through.
const STATES: &[Status] = &[
    Status::Scheduled,
    Status::Preprocessing,
    Status::Building,
    Status::Testing,
];

/// The state, by the clock.
pub(crate) fn status(control: &Control, held: &Held<BuildWorkflow>) -> Status {
    let now = control.now();
    if let Some(asked) = held.state.cancel_requested_at {
        let states = &[Status::CancelRequested];
        return reached(states, Status::Cancelled, asked, now, control.pace);
    }
    let last = match held.state.fails {
        None => Status::Completed,
        Some(_) => Status::Failed,
    };
    reached(STATES, last, held.created_nanos(), now, control.pace)
}

/// When it came to that state: nanoseconds since 1970, UTC.
pub(crate) fn changed_at(control: &Control, held: &Held<BuildWorkflow>) -> i64 {
    let pace = nanos(control.pace);
    let (since, states) = match held.state.cancel_requested_at {
        Some(asked) => (asked, 1),
        None => (held.created_nanos(), STATES.len()),
    };
    let passed = (1..)
        .take(states)
        .map(|step| since.saturating_add(pace.saturating_mul(step)));
    let now = control.now();
    let reached = passed.take_while(|change| *change <= now).last();
    reached.unwrap_or(since)
}

pub(crate) fn is_running(status: Status) -> bool {
    !matches!(
        status,
        Status::Completed | Status::Failed | Status::Cancelled
    )
}

pub(crate) fn is_completed(control: &Control, held: &Held<BuildWorkflow>) -> bool {
    status(control, held) == Status::Completed
}
