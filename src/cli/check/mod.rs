//! `outcrop backends check`: whether what is configured works.

mod probe;
mod requests;
mod table;

use std::{io::Write, process::ExitCode};

use outcrop_backends::route::{RouteError, Router};

use self::{probe::Probe, table::Row};
use super::{fail, print};
use crate::{
    ModelsError,
    config::Effective,
    engine::{EngineError, plan},
    models,
};

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error(transparent)]
    Engine(#[from] EngineError),
    #[error(transparent)]
    Route(#[from] RouteError),
    #[error(transparent)]
    Models(#[from] ModelsError),
    #[error("cannot start the runtime: {0}")]
    Runtime(#[from] std::io::Error),
    #[error(
        "no backend is configured: set `backend`, or add `[backends.NAME]` to the configuration file"
    )]
    Nothing,
}

/// Calls everything, one after the other, and prints what works.
pub(super) fn check(effective: &Effective) -> ExitCode {
    match rows(effective) {
        Ok(rows) => {
            let works = rows.iter().all(Row::works);
            let printed = print(&table::table(&rows));
            if works { printed } else { ExitCode::FAILURE }
        }
        Err(failure) => fail(&failure, 1),
    }
}

fn rows(effective: &Effective) -> Result<Vec<Row>, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let settings = plan(effective)?;
        if settings.backends.is_empty() {
            return Err(Failure::Nothing);
        }
        let catalogue = models::catalogue(effective.settings.models.as_deref())?;
        let router = Router::new(&settings, None)?;
        let mut rows = Vec::new();
        for probe in probe::probes(&settings, &catalogue) {
            progress(&probe);
            rows.push(probe.call(&settings, &router).await?);
        }
        Ok(rows)
    })
}

/// Says what is waited for.
fn progress(probe: &Probe) {
    let (backend, asked) = (probe.backend(), probe.asked());
    let _ = writeln!(std::io::stderr(), "calling {backend}: {asked} …");
}
