//! The file that says which models answer in the form that `AWSim` reads: `--model-map`.
//!
//! Either the map alone (`[invoke]` and `[embed]`), or the whole of its configuration, with
//! `[backends]`, `[credentials]`, `[aliases]` and `default_backend`. Entries are merged over the
//! defaults that it has.

mod defaults;
mod entry;
mod routes;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use outcrop_backends::{ApiKey, BackendSettings, DEFAULT_NAME, route::Route};
use serde::Deserialize;

use self::entry::{Alias, Credential, Entry, Server};
use super::error::Problem;

/// What a file says.
#[derive(Debug, Clone)]
pub struct ModelMapFile {
    /// Servers that it names.
    pub backends: Vec<BackendSettings>,
    /// Its models, as routes.
    pub routes: Vec<Route>,
    /// Tables of it that have no effect.
    pub ignored: Vec<&'static str>,
}

/// A file as it is written.
#[derive(Debug, Default, Deserialize)]
struct Written {
    default_backend: Option<String>,
    #[serde(default)]
    credentials: BTreeMap<String, Credential>,
    #[serde(default)]
    backends: BTreeMap<String, Server>,
    #[serde(default)]
    aliases: BTreeMap<String, Alias>,
    #[serde(default)]
    invoke: BTreeMap<String, Entry>,
    #[serde(default)]
    embed: BTreeMap<String, Entry>,
    pricing: Option<toml::Table>,
}

impl ModelMapFile {
    /// Reads a file. Entries that name no backend lead to the file's default, or to that of
    /// `backend` if `has_default` says that there is one.
    pub(super) fn read(
        path: &Path,
        has_default: bool,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, Problem> {
        let text = std::fs::read_to_string(path).map_err(|source| Problem::ModelMap {
            path: path.into(),
            message: format!("cannot read the file that `model_map` names: {source}"),
        })?;
        Self::parse(path, &text, has_default, variable).map_err(|message| Problem::ModelMap {
            path: PathBuf::from(path),
            message,
        })
    }

    fn parse(
        path: &Path,
        text: &str,
        has_default: bool,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, String> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string())?;
        let default = match &written.default_backend {
            Some(name) if !written.backends.contains_key(name) => {
                return Err(format!(
                    "`default_backend` is {name}, which has no `[backends.{name}]` table; add it"
                ));
            }
            Some(name) => Some(name.clone()),
            None => has_default.then(|| DEFAULT_NAME.to_owned()),
        };
        let backends = written.backends(variable)?;
        let routes = routes::routes(&path.display().to_string(), &written, default.as_deref())?;
        let ignored = written.pricing.is_some().then_some("pricing");
        Ok(Self {
            backends,
            routes,
            ignored: ignored.into_iter().collect(),
        })
    }
}

impl Written {
    fn backends(
        &self,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<BackendSettings>, String> {
        let backends = self.backends.iter();
        backends
            .map(|(name, server)| {
                let key = server
                    .key(&self.credentials, &variable)
                    .map_err(|wrong| format!("[backends.{name}]: {wrong}"))?;
                Ok(BackendSettings {
                    name: Some(name.clone()),
                    api_key: key.map(ApiKey),
                    ..BackendSettings::new(server.endpoint.clone())
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
