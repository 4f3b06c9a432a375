//! The command line.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use thiserror::Error;

use crate::check::{CheckError, check_crate, check_view};
use crate::data::DataError;
use crate::generate::{GenerateError, Generator};
use crate::project::{CONTROL, Project, RUNTIME};
use crate::view::{View, ViewError};

/// Prepares the official Bedrock models, generates the server crates, and checks that they are current.
#[derive(Debug, Parser)]
#[command(name = "outcrop-codegen")]
pub struct Cli {
    /// The workspace's folder, with model/ and gradle.properties in it.
    #[arg(long, default_value = ".", global = true)]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Writes the server view of one official model.
    Prepare {
        /// The official model, a JSON AST.
        #[arg(long)]
        model: PathBuf,
        /// The service's folder: model/bedrock-runtime or model/bedrock.
        #[arg(long)]
        data: PathBuf,
        /// Where to write the server view.
        #[arg(long)]
        out: PathBuf,
    },
    /// Generates both crates; needs a JDK.
    Generate {
        #[command(flatten)]
        generator: GeneratorArgs,
        /// The official model of the runtime, a JSON AST.
        #[arg(long)]
        model_runtime: PathBuf,
        /// The official model of the control plane, a JSON AST.
        #[arg(long)]
        model_control: PathBuf,
        /// The folder that holds the crates' folders.
        #[arg(long, default_value = "crates")]
        out: PathBuf,
    },
    /// Fails when the checked-in crates are not what the models make.
    Check {
        /// A folder with bedrock-runtime.json and bedrock.json, the official models.
        #[arg(long)]
        models: PathBuf,
        /// With a classpath, generates the crates anew and compares every byte; needs a JDK.
        #[arg(long)]
        classpath: Option<String>,
        /// Where the generator works.
        #[arg(long, default_value = "codegen/build")]
        work: PathBuf,
        /// The folder that holds the crates' folders.
        #[arg(long, default_value = "crates")]
        out: PathBuf,
    },
}

#[derive(Debug, Args)]
struct GeneratorArgs {
    /// The classpath of Smithy CLI, traits and generator; `@FILE` reads it from a file.
    #[arg(long)]
    classpath: String,
    /// Where the generator works.
    #[arg(long, default_value = "codegen/build")]
    work: PathBuf,
}

/// Why a command failed.
#[derive(Debug, Error)]
pub enum CliError {
    /// The project's own data.
    #[error(transparent)]
    Data(#[from] DataError),
    /// A server view.
    #[error(transparent)]
    View(#[from] ViewError),
    /// A generation.
    #[error(transparent)]
    Generate(#[from] GenerateError),
    /// A check that could not be made.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// A check that found differences.
    #[error("the generated crates are not current; run `outcrop-codegen generate` and commit what it writes:\n  {}", .0.join("\n  "))]
    Stale(Vec<String>),
    /// A folder that is none of the services' folders.
    #[error("{}: not one of the services' folders in model/", .0.display())]
    UnknownService(PathBuf),
    /// A file of the command line.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system or parser said.
        source: std::io::Error,
    },
}

impl Cli {
    /// Runs the command.
    pub fn run(self) -> Result<(), CliError> {
        let project = Project::read(&self.root)?;
        match self.command {
            Command::Prepare { model, data, out } => write_view(&project, &model, &data, &out),
            Command::Generate {
                generator,
                model_runtime,
                model_control,
                out,
            } => {
                let generator = Generator {
                    classpath: classpath(&generator.classpath)?,
                    work: self.root.join(generator.work),
                };
                for (service, official) in
                    project.services.iter().zip([model_runtime, model_control])
                {
                    let package = generator.generate(&project, service, &official)?;
                    package.write(&self.root.join(&out).join(&service.data.service.crate_name))?;
                }
                Ok(())
            }
            Command::Check {
                models,
                classpath: path,
                work,
                out,
            } => {
                let generator = path.map(|path| classpath(&path)).transpose()?;
                let generator = generator.map(|classpath| Generator {
                    classpath,
                    work: self.root.join(work),
                });
                check(&project, generator.as_ref(), &models, &self.root.join(out))
            }
        }
    }
}

fn write_view(project: &Project, model: &Path, data: &Path, out: &Path) -> Result<(), CliError> {
    let service = project
        .services
        .iter()
        .find(|service| data.ends_with(service.name));
    let service = service.ok_or_else(|| CliError::UnknownService(data.to_owned()))?;
    let view = View::of(project, service, model)?;
    fs::write(out, view.json).map_err(|source| CliError::Io {
        path: out.to_owned(),
        source,
    })
}

fn check(
    project: &Project,
    generator: Option<&Generator>,
    models: &Path,
    out: &Path,
) -> Result<(), CliError> {
    let mut differences = Vec::new();
    for (service, file) in project.services.iter().zip([RUNTIME, CONTROL]) {
        let official = models.join(format!("{file}.json"));
        let folder = out.join(&service.data.service.crate_name);
        differences.extend(check_view(project, service, &official, &folder)?);
        if let Some(generator) = generator {
            differences.extend(check_crate(
                generator, project, service, &official, &folder,
            )?);
        }
    }
    if differences.is_empty() {
        Ok(())
    } else {
        Err(CliError::Stale(differences))
    }
}

/// The classpath itself, or the first line of the file behind an `@`.
fn classpath(given: &str) -> Result<String, CliError> {
    let Some(file) = given.strip_prefix('@') else {
        return Ok(given.to_owned());
    };
    let text = fs::read_to_string(file).map_err(|source| CliError::Io {
        path: file.into(),
        source,
    })?;
    Ok(text.lines().next().unwrap_or("").trim().to_owned())
}
