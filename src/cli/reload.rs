//! SIGHUP: the configuration is read again, for what answers.

use std::{io, sync::Arc};

use arc_swap::ArcSwap;
use outcrop_engine::Engine;
use outcrop_runtime::Overrides;

use crate::{
    config::{self, Effective, Sources},
    engine::Reloadable,
    guardrails, models,
    served::Served,
};

/// What is as the configuration has it.
pub(super) struct Reloaded {
    /// Backends and routes.
    pub(super) engine: Arc<Reloadable>,
    /// Judges and scenarios of guardrails.
    pub(super) overrides: Arc<ArcSwap<Overrides>>,
    /// Models.
    pub(super) served: Served,
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
    match reloaded.put(sources) {
        Ok(()) => tracing::info!(
            "backends, routes, models, judges and scenarios are as the configuration has them now; other settings change with the next start"
        ),
        Err(error) => tracing::error!(
            error,
            "the configuration cannot be used, and backends, routes, models, judges and scenarios stay as they are"
        ),
    }
}

#[cfg(unix)]
impl Reloaded {
    /// Nothing is exchanged before everything was read.
    fn put(&self, sources: &Sources) -> Result<(), String> {
        let effective = config::resolve(sources).map_err(|error| error.to_string())?;
        let catalogue = models::catalogue(effective.settings.models.as_deref())
            .map_err(|error| error.to_string())?;
        self.engine
            .reload(&effective)
            .map_err(|error| error.to_string())?;
        self.overrides
            .store(Arc::new(overrides(&effective, &self.engine)));
        self.served.put(catalogue);
        Ok(())
    }
}
