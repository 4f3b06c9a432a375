//! What requests make, and where it is kept.

use std::{path::PathBuf, sync::Arc};

use outcrop_jobs::{Wakeups, WatchedStore};
use outcrop_store::{PostgresStore, SqliteStore, Store, StoreError};

use crate::config::Settings;

/// The file in the folder that `state` names.
const FILE: &str = "outcrop.db";

/// Why nothing can be kept.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// The file or the database cannot be used.
    #[error("{setting}: {source}")]
    Store {
        /// The setting that names it.
        setting: &'static str,
        /// Why.
        source: StoreError,
    },
    /// Nothing says where the platform keeps the data of applications.
    #[error(
        "there is no folder for application data here. Name one with `state`, or set `ephemeral`."
    )]
    NoFolder,
    /// Two settings say different places.
    #[error("`{0}` and `{1}` exclude each other. Remove one of them.")]
    Both(&'static str, &'static str),
}

/// What requests make. Cheap to clone.
#[derive(Clone)]
pub struct State {
    pub(crate) store: Arc<dyn Store>,
    /// Told when the store gets work for jobs.
    pub(crate) wakeups: Wakeups,
}

impl State {
    fn of(store: impl Store) -> Self {
        let wakeups = Wakeups::default();
        let store = WatchedStore::new(Arc::new(store), wakeups.clone());
        Self {
            store: Arc::new(store),
            wakeups,
        }
    }

    /// State that ends with the process.
    pub fn in_memory() -> Result<Self, StateError> {
        let store = SqliteStore::in_memory().map_err(told("ephemeral"))?;
        Ok(Self::of(store))
    }

    /// State where the settings want it. Waits for the database a bounded time.
    pub async fn open(settings: &Settings) -> Result<Self, StateError> {
        match (&settings.state, &settings.database_url, settings.ephemeral) {
            (Some(_), Some(_), _) => Err(StateError::Both("state", "database_url")),
            (Some(_), _, true) => Err(StateError::Both("state", "ephemeral")),
            (_, Some(_), true) => Err(StateError::Both("database_url", "ephemeral")),
            (None, None, true) => Self::in_memory(),
            (None, Some(url), false) => {
                let store = PostgresStore::connect(&url.0).await;
                let store = store.map_err(told("database_url"))?;
                tracing::info!("resources are kept in PostgreSQL");
                Ok(Self::of(store))
            }
            (folder, None, false) => {
                let folder = folder.clone().or_else(data_folder);
                let file = folder.ok_or(StateError::NoFolder)?.join(FILE);
                let store = SqliteStore::open(&file).map_err(told("state"))?;
                tracing::info!(file = %file.display(), "resources are kept in a file");
                Ok(Self::of(store))
            }
        }
    }
}

fn told(setting: &'static str) -> impl Fn(StoreError) -> StateError {
    move |source| StateError::Store { setting, source }
}

/// `outcrop` in the platform's folder for application data.
pub(crate) fn data_folder() -> Option<PathBuf> {
    let platform = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(etcetera::BaseStrategy::data_dir(&platform).join("outcrop"))
}
