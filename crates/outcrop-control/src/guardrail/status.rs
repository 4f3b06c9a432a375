//! Statuses, which follow from the clock.

use bedrock_smithy::model::GuardrailStatus;

use super::{Guardrail, version::GuardrailVersion};
use crate::{
    Control,
    clock::nanos,
    resource::{Held, Outcome, reached},
};

/// Characters that a status reason may have (the official model).
const REASON: usize = 200;

/// The status of a draft, with the reason of a failure. `None` of one that is gone.
pub(super) fn of_draft(
    control: &Control,
    held: &Held<Guardrail>,
) -> Option<(GuardrailStatus, Option<String>)> {
    let now = control.now();
    if let Some(since) = held.state.deleting_since {
        return deleting(control, since, now).map(|status| (status, None));
    }
    let changed = if held.updated_nanos() == held.created_nanos() {
        (held.created_nanos(), GuardrailStatus::Creating)
    } else {
        (held.updated_nanos(), GuardrailStatus::Updating)
    };
    let versioned = held.state.versioned_at.filter(|at| *at >= changed.0);
    let (since, first) = versioned.map_or(changed, |at| (at, GuardrailStatus::Versioning));
    let (last, reason) = match held.outcome() {
        Outcome::Success => (GuardrailStatus::Ready, None),
        Outcome::Failure(reason) => (
            GuardrailStatus::Failed,
            Some(reason.chars().take(REASON).collect()),
        ),
    };
    let status = reached(&[first], last, since, now, control.pace);
    let reason = reason.filter(|_| status == GuardrailStatus::Failed);
    Some((status, reason))
}

/// The status of a version. `None` of one that is gone. Clients wait for versions as for new guardrails: `CREATING`, then
/// `READY`; meanwhile the draft is `VERSIONING`.
pub(super) fn of_version(
    control: &Control,
    held: &Held<GuardrailVersion>,
) -> Option<GuardrailStatus> {
    let now = control.now();
    if let Some(since) = held.state.deleting_since {
        return deleting(control, since, now);
    }
    let since = held.created_nanos();
    let first = [GuardrailStatus::Creating];
    Some(reached(
        &first,
        GuardrailStatus::Ready,
        since,
        now,
        control.pace,
    ))
}

fn deleting(control: &Control, since: i64, now: i64) -> Option<GuardrailStatus> {
    let gone = now >= since.saturating_add(nanos(control.pace));
    (!gone).then_some(GuardrailStatus::Deleting)
}
