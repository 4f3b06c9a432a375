//! What the project says about its generated crates: `model/` and `gradle.properties`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::data::{DataError, ServiceData, read_json};

/// The folders of `model/`, which are also the names of the official models' files.
pub const RUNTIME: &str = "bedrock-runtime";
/// See [`RUNTIME`].
pub const CONTROL: &str = "bedrock";

/// Everything that a generation depends on but the official models.
pub struct Project {
    /// The workspace's folder.
    pub root: PathBuf,
    /// `model/settings.json`.
    pub settings: Settings,
    /// `gradle.properties`: the versions of models and tools.
    pub versions: BTreeMap<String, String>,
    /// The two services, the runtime first.
    pub services: [Service; 2],
}

/// One service of the project.
pub struct Service {
    /// Its folder in `model/`.
    pub name: &'static str,
    /// What is in that folder.
    pub data: ServiceData,
}

/// `model/settings.json`: what holds for both services.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Traits, or namespaces of traits, that no server needs.
    pub unused_traits: Vec<String>,
    /// The generator's `codegen` settings, passed on as they are.
    pub codegen: Value,
    /// The versions of the runtime crates that generated code depends on.
    pub runtime_versions: BTreeMap<String, String>,
}

impl Project {
    /// Reads the project in this folder.
    pub fn read(root: &Path) -> Result<Self, DataError> {
        let model = root.join("model");
        let service =
            |name| ServiceData::read(&model.join(name)).map(|data| Service { name, data });
        Ok(Self {
            root: root.to_owned(),
            settings: read_json(&model.join("settings.json"))?,
            versions: read_properties(&root.join("gradle.properties"))?,
            services: [service(RUNTIME)?, service(CONTROL)?],
        })
    }
}

/// Reads `key=value` lines; `#` starts a comment line.
fn read_properties(path: &Path) -> Result<BTreeMap<String, String>, DataError> {
    let text = fs::read_to_string(path).map_err(|source| DataError::Read {
        path: path.to_owned(),
        source,
    })?;
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('='));
    Ok(pairs
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect())
}
