//! What the generator is told.

use serde_json::{Value, json};

use crate::project::{Project, Service};

/// The settings of `rust-server-codegen` for one service.
#[must_use]
pub fn settings(project: &Project, service: &Service) -> Value {
    let about = &service.data.service;
    json!({
        "service": about.shape,
        "module": about.crate_name,
        "moduleVersion": "0.1.0",
        "moduleAuthors": [],
        "moduleDescription": about.description,
        "runtimeConfig": { "versions": project.settings.runtime_versions },
        "codegen": project.settings.codegen,
    })
}

/// The `smithy-build.json` with these settings.
pub(super) fn smithy_build(settings: &Value) -> String {
    format!(
        "{:#}\n",
        json!({ "version": "1.0", "plugins": { "rust-server-codegen": settings } })
    )
}
