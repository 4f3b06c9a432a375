//! What answers: models behind servers, or the canned engine.

mod plan;
mod reload;

use std::{io, path::PathBuf, sync::Arc};

use outcrop_backends::route::{RouteError, Router, RouterSettings};
use outcrop_engine::{Engine, canned::CannedEngine};

pub(crate) use self::{plan::plan, reload::Reloadable};
use crate::config::{Backends, Effective, Settings};

/// Why there is nothing that answers.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// Backends or routes cannot be used.
    #[error(transparent)]
    Route(#[from] RouteError),
    /// A route of the file says what cannot be.
    #[error("{place}: {message}")]
    Table {
        /// Where it is.
        place: String,
        /// What is wrong with it.
        message: String,
    },
    /// A file that the backends' settings name cannot be read.
    #[error("{}: cannot read the file that {setting} names: {source}", .path.display())]
    Unreadable {
        /// The setting, as the configuration spells it.
        setting: String,
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// What answers with a configuration: never one thing for another.
pub(crate) enum Answering {
    /// Nothing is configured but the engine that answers without a model.
    Canned(CannedEngine),
    /// Routes lead to what answers.
    Routed(Router),
}

impl Answering {
    /// What answers with this configuration. What it has in common with `before` goes on.
    pub(crate) fn new(effective: &Effective, before: Option<&Self>) -> Result<Self, EngineError> {
        Self::of(&plan(effective)?, before)
    }

    fn of(settings: &RouterSettings, before: Option<&Self>) -> Result<Self, EngineError> {
        if *settings == RouterSettings::default() {
            return Ok(Self::Canned(CannedEngine::new()));
        }
        let before = match before {
            Some(Self::Routed(router)) => Some(router),
            _ => None,
        };
        let router = Router::new(settings, before)?;
        for backend in &settings.backends {
            tracing::info!(
                backend = backend.name(),
                url = backend.url,
                "a backend answers"
            );
        }
        Ok(Self::Routed(router))
    }

    /// Whether it answers everything without a model.
    pub(crate) fn is_canned(&self) -> bool {
        matches!(self, Self::Canned(_))
    }

    /// As an engine.
    pub(crate) fn engine(&self) -> &dyn Engine {
        match self {
            Self::Canned(engine) => engine,
            Self::Routed(router) => router,
        }
    }
}

/// What answers with these settings alone, without a configuration file.
pub(crate) fn engine(settings: &Settings) -> Result<Arc<dyn Engine>, EngineError> {
    let settings = plan::of_settings(settings, &Backends::default(), &[], None)?;
    let answering = Answering::of(&settings, None)?;
    Ok(Arc::new(Reloadable::new(answering)))
}

#[cfg(test)]
mod tests;
