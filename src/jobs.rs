//! The worker of jobs, made of the same parts as what answers requests.

use std::sync::Arc;

use outcrop_control::SystemClock;
use outcrop_jobs::{JobSettings, Jobs};
use outcrop_objects::Objects;
use outcrop_runtime::{InProcess, Runtime};
use outcrop_wire::Current;

use crate::{config::Settings, state::State};

/// A worker for what is in the state's queues.
pub(crate) fn jobs(
    settings: &Settings,
    objects: Objects,
    runtime: Current<Runtime>,
    state: &State,
) -> Jobs {
    let bounds = JobSettings {
        jobs: settings.batch_jobs.get(),
        records: settings.batch_records.get(),
        ..JobSettings::default()
    };
    Jobs::new(
        Arc::clone(&state.store),
        objects,
        InProcess::new(runtime),
        Arc::new(SystemClock),
        state.wakeups.clone(),
        bounds,
    )
}
