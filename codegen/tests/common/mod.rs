//! Where the workspace and the official models are.

use std::path::{Path, PathBuf};

use outcrop_codegen::project::Project;

/// The workspace's folder.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The workspace as a project.
pub(crate) fn project() -> Project {
    Project::read(&root()).unwrap()
}

/// The folder of the official models, or `None` with a printed message where they are not.
pub(crate) fn models() -> Option<PathBuf> {
    let models = root().join("../shared/models");
    if models.is_dir() {
        return Some(models);
    }
    eprintln!("skipped: {} is not there", models.display());
    None
}
