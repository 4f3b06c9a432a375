//! From an official model to a generated crate.

mod error;
mod format;
mod package;
mod smithy_build;
mod smithy_cli;

use std::fs;
use std::path::{Path, PathBuf};

pub use error::GenerateError;
pub use package::Package;
pub use smithy_build::settings;

use crate::project::{Project, Service};
use crate::record;
use crate::view::View;

/// Where the generator and its formatter run and find things.
pub struct Generator {
    /// The classpath of the Smithy CLI, with traits and generator.
    pub classpath: String,
    /// A folder for server views, logs and raw output.
    pub work: PathBuf,
}

impl Generator {
    /// Generates one service's crate, in memory.
    pub fn generate(
        &self,
        project: &Project,
        service: &Service,
        official: &Path,
    ) -> Result<Package, GenerateError> {
        let view = View::of(project, service, official)?;
        let work = self.work.join(&service.data.service.crate_name);
        recreate(&work)?;
        let settings = settings(project, service);
        let generated = smithy_cli::run(&self.classpath, &work, &view.json, &settings)?;
        let mut package = Package::read(&generated)?;
        package.mark();
        package.set_manifest(&service.data.service)?;
        format::format(&mut package, &work.join("formatted"), &project.root)?;
        package.add("README.md", package::readme(&service.data.service));
        package.add("constraints.json", view.constraints.clone());
        package.add(
            "generated.json",
            record::record(project, service, &view, &settings),
        );
        Ok(package)
    }
}

fn recreate(folder: &Path) -> Result<(), GenerateError> {
    let at = |source| GenerateError::Io {
        path: folder.to_owned(),
        source,
    };
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(at(error)),
        _ => {}
    }
    fs::create_dir_all(folder).map_err(at)
}
