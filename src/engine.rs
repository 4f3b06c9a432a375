//! What answers: a model behind a server, or the canned engine.

use std::{io, path::PathBuf, sync::Arc};

use outcrop_backends::{ApiKey, BackendError, BackendSettings, OpenAiEngine};
use outcrop_engine::{Engine, canned::CannedEngine};

use crate::config::Settings;

/// Why there is nothing that answers.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The backend's settings cannot be used.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// The file with the backend's key cannot be read.
    #[error("{}: cannot read the file that `backend_api_key_file` names: {source}", .path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Chooses what answers: never one thing for another.
pub(crate) fn engine(settings: &Settings) -> Result<Arc<dyn Engine>, EngineError> {
    let Some(url) = &settings.backend else {
        return Ok(Arc::new(CannedEngine::new()));
    };
    let engine = OpenAiEngine::new(BackendSettings {
        url: url.0.clone(),
        api_key: key(settings)?,
        models: settings.backend_model.clone(),
        embedding_models: settings.backend_embedding_model.clone(),
        timeout: settings.backend_timeout,
        idle_timeout: settings.backend_idle_timeout,
        concurrency: settings.backend_concurrency,
        queue: usize::try_from(settings.backend_queue.0).unwrap_or(usize::MAX),
        retries: settings.backend_retries.0,
    })?;
    tracing::info!(backend = url.0, "a backend answers");
    Ok(Arc::new(engine))
}

fn key(settings: &Settings) -> Result<Option<ApiKey>, EngineError> {
    let Some(path) = &settings.backend_api_key_file else {
        let key = settings.backend_api_key.as_ref();
        return Ok(key.map(|key| ApiKey(key.0.clone())));
    };
    let text = std::fs::read_to_string(path).map_err(|source| EngineError::Key {
        path: path.clone(),
        source,
    })?;
    Ok(Some(ApiKey(text.trim().to_owned())))
}

#[cfg(test)]
mod tests {
    use crate::config::{Sources, resolve};

    use super::engine;

    fn chosen(flags: &[(&'static str, &str)]) -> Result<(), String> {
        let flags = flags.iter().map(|(name, text)| (*name, (*text).to_owned()));
        let effective = resolve(&Sources {
            flags: flags.collect(),
            ..Sources::default()
        })
        .map_err(|error| error.to_string())?;
        engine(&effective.settings)
            .map(|_| ())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn a_backend_needs_models_and_the_other_way_round() {
        let backend = ("backend", "http://localhost:11434/v1");
        let model = ("backend_model", "llama3.1:8b");
        assert_eq!(chosen(&[]), Ok(()));
        assert_eq!(chosen(&[backend, model]), Ok(()));
        assert!(chosen(&[backend]).is_err());
        assert!(chosen(&[model]).is_err());
    }

    #[test]
    fn the_key_may_be_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let file = ("backend_api_key_file", path.to_str().unwrap());
        let backend = ("backend", "http://localhost:11434/v1");
        let model = ("backend_model", "llama3.1:8b");
        let message = chosen(&[backend, model, file]).unwrap_err();
        assert!(message.contains("`backend_api_key_file`"), "{message}");
        std::fs::write(&path, "secret\n").unwrap();
        assert_eq!(chosen(&[backend, model, file]), Ok(()));
        let key = ("backend_api_key", "secret");
        assert!(chosen(&[backend, model, file, key]).is_err());
    }
}
