//! SIGHUP: the configuration is read again, for what answers.

use std::{io, sync::Arc};

use arc_swap::ArcSwap;
use outcrop_engine::Engine;
use outcrop_runtime::Overrides;

use crate::{
    config::{self, Effective, Sources},
    engine::Reloadable,
    guardrails,
};

/// What is as the configuration has it.
pub(super) struct Reloaded {
    /// Backends and routes.
    pub(super) engine: Arc<Reloadable>,
    /// Judges and scenarios of guardrails.
    pub(super) overrides: Arc<ArcSwap<Overrides>>,
}

/// The signal that asks for it. Listened for from its making on; where there are no signals, it
/// never comes.
pub(super) struct Reload {
    #[cfg(unix)]
    hangup: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Reload {
    /// Begins to listen. Has to be called in a runtime.
    pub(super) fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Reads the configuration again with each signal.
    pub(super) async fn run(mut self, reloaded: Reloaded, sources: Sources) {
        while self.hangup.recv().await.is_some() {
            reload(&reloaded, &sources);
        }
    }
}

#[cfg(not(unix))]
impl Reload {
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    pub(super) async fn run(self, _reloaded: Reloaded, _sources: Sources) {
        std::future::pending::<()>().await;
    }
}

/// What a configuration says of guardrails' judges and scenarios.
pub(super) fn overrides(effective: &Effective, engine: &Arc<Reloadable>) -> Overrides {
    let engine = Arc::clone(engine) as Arc<dyn Engine>;
    let scenarios = effective.backends.scenarios.clone();
    guardrails::overrides(&effective.settings, scenarios, engine)
}

#[cfg(unix)]
fn reload(reloaded: &Reloaded, sources: &Sources) {
    let Reloaded { engine, overrides } = reloaded;
    let read = config::resolve(sources).map_err(|error| error.to_string());
    let settled = read.and_then(|effective: Effective| {
        engine
            .reload(&effective)
            .map_err(|error| error.to_string())?;
        overrides.store(Arc::new(self::overrides(&effective, engine)));
        Ok(())
    });
    match settled {
        Ok(()) => tracing::info!(
            "backends, routes, judges and scenarios are as the configuration has them now; other settings change with the next start"
        ),
        Err(error) => tracing::error!(
            error,
            "the configuration cannot be used, and backends, routes, judges and scenarios stay as they are"
        ),
    }
}
