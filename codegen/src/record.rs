//! The record beside each generated crate: what it was made from.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::project::{Project, Service};
use crate::view::View;

/// The parts of a record that a check compares.
#[derive(Debug, Deserialize)]
pub struct Record {
    /// The official model.
    pub model: RecordedModel,
    /// SHA-256 of the server view.
    pub server_view_sha256: String,
    /// Coordinates and versions of what generated the crate.
    pub tools: Value,
    /// The generator's settings.
    pub settings: Value,
}

/// The official model of a record.
#[derive(Debug, Deserialize)]
pub struct RecordedModel {
    /// SHA-256 of the official model's bytes.
    pub sha256: String,
}

/// The text of `generated.json`.
#[must_use]
pub fn record(project: &Project, service: &Service, view: &View, settings: &Value) -> String {
    let about = &service.data.service;
    let record = json!({
        "about": "What this crate was made from. Written by outcrop-codegen; do not edit.",
        "model": {
            "coordinate": about.coordinate,
            "version": project.versions.get(&about.version_key),
            "sha256": view.official_sha256,
        },
        "server_view_sha256": view.sha256(),
        "tools": tools(project),
        "settings": settings,
    });
    format!("{record:#}\n")
}

/// The tools by coordinate, at the versions that the project pins.
#[must_use]
pub fn tools(project: &Project) -> Value {
    let version = |key: &str| project.versions.get(key).cloned();
    json!({
        "software.amazon.smithy:smithy-cli": version("smithyVersion"),
        "software.amazon.smithy.rust:codegen-server": version("rustServerCodegenVersion"),
    })
}
