//! Says whether the generated crates are what the official models and the project's data make.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::data::{DataError, read_json};
use crate::generate::{GenerateError, Generator, Package};
use crate::project::{Project, Service};
use crate::record::{self, Record};
use crate::view::{View, ViewError};

/// Why a check could not be made at all.
#[derive(Debug, Error)]
pub enum CheckError {
    /// A record or table is missing or unreadable.
    #[error(transparent)]
    Data(#[from] DataError),
    /// No server view can be made.
    #[error(transparent)]
    View(#[from] ViewError),
    /// No crate can be generated.
    #[error(transparent)]
    Generate(#[from] GenerateError),
}

/// Compares the crate in `folder` with what its official model makes now, without generating anything.
///
/// Returns a sentence for each difference.
pub fn check_view(
    project: &Project,
    service: &Service,
    official: &Path,
    folder: &Path,
) -> Result<Vec<String>, CheckError> {
    let view = View::of(project, service, official)?;
    let recorded: Record = read_json(&folder.join("generated.json"))?;
    let mut differences = Vec::new();
    let mut compare = |same: bool, what: &str| {
        if !same {
            differences.push(format!("{}: {what}", service.data.service.crate_name));
        }
    };
    compare(
        recorded.model.sha256 == view.official_sha256,
        "the official model is another one than the crate was made from",
    );
    compare(
        recorded.server_view_sha256 == view.sha256(),
        "the server view differs: model/, codegen/ or the official model changed",
    );
    compare(
        recorded.tools == record::tools(project),
        "gradle.properties pins other tools",
    );
    compare(
        recorded.settings == crate::generate::settings(project, service),
        "the generator's settings differ: model/settings.json or service.json changed",
    );
    let constraints = std::fs::read_to_string(folder.join("constraints.json")).unwrap_or_default();
    compare(constraints == view.constraints, "constraints.json differs");
    Ok(differences)
}

/// Generates the crate anew and compares every byte.
pub fn check_crate(
    generator: &Generator,
    project: &Project,
    service: &Service,
    official: &Path,
    folder: &Path,
) -> Result<Vec<String>, CheckError> {
    let wanted = generator.generate(project, service, official)?;
    let present = Package::read(folder)?;
    let name = |file: PathBuf| {
        format!(
            "{}: {} differs",
            service.data.service.crate_name,
            file.display()
        )
    };
    Ok(wanted.differences(&present).into_iter().map(name).collect())
}
