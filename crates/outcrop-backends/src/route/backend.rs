//! One server, and its models as engines.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use outcrop_engine::Engine;

use crate::{
    BackendError, BackendSettings, Kind,
    engine::AnyEngine,
    health::{Circuit, Pulse, poll},
    http::{Auth, Http},
};

/// A server that routes lead to.
pub(super) struct Backend {
    pub(super) name: Arc<str>,
    pub(super) settings: BackendSettings,
    /// For its list of models.
    pub(super) http: Http,
    pub(super) list_path: &'static str,
    pub(super) pulse: Arc<Pulse>,
    engine: AnyEngine,
    models: Mutex<HashMap<String, Served>>,
}

/// One of its models.
#[derive(Clone)]
pub(super) struct Served {
    pub(super) model: Arc<str>,
    pub(super) engine: Arc<dyn Engine>,
    pub(super) circuit: Arc<Circuit>,
}

impl Backend {
    /// Begins to ask for its health, if its settings say so. Has to be called in a runtime then.
    pub(super) fn new(settings: &BackendSettings) -> Result<Arc<Self>, BackendError> {
        let auth = match settings.kind {
            Kind::OpenAi => Auth::Bearer,
            Kind::Anthropic => Auth::ApiKey,
        };
        let backend = Self {
            name: settings.name().into(),
            http: Http::new(settings, auth)?,
            list_path: list_path(settings),
            engine: AnyEngine::new(settings.clone())?,
            pulse: Arc::default(),
            models: Mutex::default(),
            settings: settings.clone(),
        };
        if let Some(interval) = settings.health {
            let name = Arc::clone(&backend.name);
            let pulse = Arc::downgrade(&backend.pulse);
            let http = backend.http.clone();
            tokio::spawn(poll(name, http, backend.list_path, interval, pulse));
        }
        Ok(Arc::new(backend))
    }

    /// One of its models. Whoever asks twice gets the same.
    pub(super) fn serving(&self, model: &str) -> Served {
        let mut models = self.models.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Served {
            model: model.into(),
            engine: self.engine.answering_with(model),
            circuit: Arc::default(),
        };
        models.entry(model.to_owned()).or_insert_with(make).clone()
    }
}

/// Where the list of models is. The address of a server of Anthropic's kind may lack its version.
fn list_path(settings: &BackendSettings) -> &'static str {
    let versioned = settings.url.trim_end_matches('/').ends_with("/v1");
    match settings.kind {
        Kind::Anthropic if !versioned => "/v1/models",
        _ => "/models",
    }
}
