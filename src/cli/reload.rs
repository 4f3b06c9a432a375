//! SIGHUP: the configuration is read again, for what answers.

use std::{io, sync::Arc};

use crate::{
    config::{self, Effective, Sources},
    engine::Reloadable,
};

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
    pub(super) async fn run(mut self, engine: Arc<Reloadable>, sources: Sources) {
        while self.hangup.recv().await.is_some() {
            reload(&engine, &sources);
        }
    }
}

#[cfg(not(unix))]
impl Reload {
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    pub(super) async fn run(self, _engine: Arc<Reloadable>, _sources: Sources) {
        std::future::pending::<()>().await;
    }
}

#[cfg(unix)]
fn reload(engine: &Reloadable, sources: &Sources) {
    let read = config::resolve(sources).map_err(|error| error.to_string());
    let reloaded = read.and_then(|effective: Effective| {
        engine.reload(&effective).map_err(|error| error.to_string())
    });
    match reloaded {
        Ok(()) => tracing::info!(
            "backends and routes are as the configuration has them now; other settings change with the next start"
        ),
        Err(error) => tracing::error!(
            error,
            "the configuration cannot be used, and backends and routes stay as they are"
        ),
    }
}
