//! What is particular to a service, read from `model/<service>/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

use crate::ast::Object;

/// A file of `model/` that cannot be used.
#[derive(Debug, Error)]
pub enum DataError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system or parser said.
        source: std::io::Error,
    },
    /// The file does not have the form that its kind of file has.
    #[error("{}: {source}", path.display())]
    Form {
        /// The file or folder.
        path: PathBuf,
        /// What the system or parser said.
        source: serde_json::Error,
    },
}

/// Everything in `model/<service>/`.
#[derive(Debug, Default)]
pub struct ServiceData {
    /// `service.json`.
    pub service: ServiceShape,
    /// `additions/*.json`, by file name.
    pub additions: Vec<Additions>,
    /// `opened_enums.json`.
    pub opened_enums: Vec<OpenedEnum>,
    /// `widened_constraints.json`.
    pub widened_constraints: Vec<WidenedConstraint>,
    /// `renames.json`: absolute id to new local name.
    pub renames: BTreeMap<String, String>,
}

/// Which service the folder speaks of, and what is generated from it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceShape {
    /// The absolute id of the service shape.
    pub shape: String,
    /// The generated crate's name, which is also its folder's.
    #[serde(rename = "crate")]
    pub crate_name: String,
    /// One line for the generated crate's Cargo.toml.
    pub description: String,
    /// The key of `gradle.properties` that has the official model's version.
    pub version_key: String,
    /// The official model's Maven coordinate without version.
    pub coordinate: String,
}

/// One file of additions: JSON-AST fragments, and why they are there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Additions {
    /// The evidence, for the reader.
    #[expect(dead_code, reason = "required of every file, read by people")]
    about: String,
    /// New shapes by absolute id.
    #[serde(default)]
    pub shapes: Object,
    /// New members by the absolute id of their shape.
    #[serde(default)]
    pub members: BTreeMap<String, Object>,
    /// New members of every event, exceptions left out, by the absolute id of their event stream.
    #[serde(default)]
    pub event_members: BTreeMap<String, Object>,
    /// The file's name, for messages.
    #[serde(skip)]
    pub file: String,
}

/// An enum that takes more values than the model lists.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenedEnum {
    /// The enum's absolute id.
    pub shape: String,
    /// The live values that the model lacks.
    #[serde(default)]
    pub seen: Vec<String>,
    /// What handlers refuse all the same.
    #[serde(default)]
    pub refuse: String,
    /// Where the values were seen.
    #[serde(default)]
    pub why: String,
}

/// A constraint that the live service has widened.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WidenedConstraint {
    /// The absolute id of a shape, or of a member as `shape$member`.
    pub what: String,
    /// The constraint's trait.
    pub constraint: String,
    /// Its value in the official model.
    pub official: Value,
    /// Its value in the live service.
    pub live: Value,
    /// The evidence, for the reader.
    #[expect(dead_code, reason = "required of every entry, read by people")]
    why: String,
}

impl ServiceData {
    /// Reads a folder `model/<service>`.
    pub fn read(folder: &Path) -> Result<Self, DataError> {
        Ok(Self {
            service: read_json(&folder.join("service.json"))?,
            additions: read_additions(&folder.join("additions"))?,
            opened_enums: read_json(&folder.join("opened_enums.json"))?,
            widened_constraints: read_json(&folder.join("widened_constraints.json"))?,
            renames: read_json(&folder.join("renames.json"))?,
        })
    }
}

fn read_additions(folder: &Path) -> Result<Vec<Additions>, DataError> {
    let at_folder = |source| DataError::Read {
        path: folder.to_owned(),
        source,
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(at_folder)? {
        paths.push(entry.map_err(at_folder)?.path());
    }
    paths.sort();
    let read = |path: PathBuf| {
        let mut additions: Additions = read_json(&path)?;
        additions.file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Ok(additions)
    };
    paths.into_iter().map(read).collect()
}

/// Reads a JSON file into a type.
pub fn read_json<T: DeserializeOwned>(path: &Path) -> Result<T, DataError> {
    let text = fs::read_to_string(path).map_err(|source| DataError::Read {
        path: path.to_owned(),
        source,
    })?;
    serde_json::from_str(&text).map_err(|source| DataError::Form {
        path: path.to_owned(),
        source,
    })
}
