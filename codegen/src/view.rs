//! The server view and the constraint table of one service, made from its official model.

use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;

use crate::ast::{Model, ModelError};
use crate::constraints::constraints;
use crate::prepare::{PrepareError, prepare};
use crate::project::{Project, Service};

/// Why there is no server view.
#[derive(Debug, Error)]
pub enum ViewError {
    /// The official model cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system or parser said.
        source: std::io::Error,
    },
    /// The file is not a model.
    #[error("{}: {source}", path.display())]
    Model {
        /// The file or folder.
        path: PathBuf,
        /// What the system or parser said.
        source: ModelError,
    },
    /// The model, or what `model/` says of it, breaks an assumption.
    #[error("{}: {source}", path.display())]
    Prepare {
        /// The file or folder.
        path: PathBuf,
        /// What the system or parser said.
        source: PrepareError,
    },
}

/// What is made from one official model.
pub struct View {
    /// The server view as JSON text.
    pub json: String,
    /// The constraint table as JSON text.
    pub constraints: String,
    /// SHA-256 of the official model's bytes, in hexadecimal.
    pub official_sha256: String,
}

impl View {
    /// Prepares the official model in this file.
    pub fn of(project: &Project, service: &Service, official: &Path) -> Result<Self, ViewError> {
        let path = official.to_owned();
        let text = fs::read_to_string(official).map_err(|source| ViewError::Read {
            path: path.clone(),
            source,
        })?;
        let model = Model::parse(&text).map_err(|source| ViewError::Model {
            path: path.clone(),
            source,
        })?;
        let wrap = |source| ViewError::Prepare {
            path: path.clone(),
            source,
        };
        let prepared =
            prepare(model, &service.data, &project.settings.unused_traits).map_err(wrap)?;
        let opened = service
            .data
            .opened_enums
            .iter()
            .map(|opened| opened.shape.clone())
            .collect();
        let constraints = constraints(&prepared.complete, &opened).map_err(wrap)?;
        Ok(Self {
            json: prepared.view.to_json(),
            constraints,
            official_sha256: sha256(text.as_bytes()),
        })
    }

    /// SHA-256 of the server view's text, in hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> String {
        sha256(self.json.as_bytes())
    }
}

fn sha256(bytes: &[u8]) -> String {
    let digits = |byte: &u8| [byte >> 4, byte & 15];
    let digest = Sha256::digest(bytes);
    digest
        .iter()
        .flat_map(digits)
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
