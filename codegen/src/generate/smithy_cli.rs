//! Runs the Smithy CLI.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::GenerateError;
use super::smithy_build::smithy_build;

/// How much of the log an error shows.
const EXCERPT_LINES: usize = 40;

/// Builds the server view in `work`, and returns the folder of the crate that the generator wrote.
pub(super) fn run(
    classpath: &str,
    work: &Path,
    view: &str,
    settings: &Value,
) -> Result<PathBuf, GenerateError> {
    let (model, config, log) = (
        work.join("view.json"),
        work.join("smithy-build.json"),
        work.join("smithy.log"),
    );
    write(&model, view)?;
    write(&config, &smithy_build(settings))?;
    let at_log = |source| GenerateError::Io {
        path: log.clone(),
        source,
    };
    let output = File::create(&log).map_err(at_log)?;

    let java = java();
    let status = Command::new(&java)
        .args([
            "-cp",
            classpath,
            "software.amazon.smithy.cli.SmithyCli",
            "build",
            "--discover",
            "--no-color",
        ])
        .arg("--config")
        .arg(&config)
        .arg("--output")
        .arg(work.join("smithy"))
        .arg(&model)
        // The generator would format with whichever cargo it finds; formatting is done once, by us.
        .env("PATH", work)
        .stdout(output.try_clone().map_err(at_log)?)
        .stderr(output)
        .status()
        .map_err(|source| GenerateError::Start {
            program: java.display().to_string(),
            source,
        })?;
    if !status.success() {
        let text = fs::read_to_string(&log).map_err(at_log)?;
        return Err(GenerateError::Smithy {
            excerpt: excerpt(&text),
            log,
        });
    }
    Ok(work.join("smithy/source/rust-server-codegen"))
}

fn write(path: &Path, text: &str) -> Result<(), GenerateError> {
    fs::write(path, text).map_err(|source| GenerateError::Io {
        path: path.to_owned(),
        source,
    })
}

/// `java` of `JAVA_HOME`, else the first on the path. Absolute, because the child gets a path of its own.
fn java() -> PathBuf {
    let home = std::env::var_os("JAVA_HOME").map(|home| Path::new(&home).join("bin/java"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).map(|folder| folder.join("java"));
    home.into_iter()
        .chain(on_path)
        .find(|java| java.is_file())
        .unwrap_or_else(|| PathBuf::from("java"))
}

/// The end of a log without the warnings that every generation has.
fn excerpt(log: &str) -> String {
    let lines: Vec<&str> = log
        .lines()
        .filter(|line| !line.contains("[WARNING] Reserved word"))
        .collect();
    lines[lines.len().saturating_sub(EXCERPT_LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_the_end_of_the_log() {
        let log = format!(
            "first\n{}[WARNING] Reserved word: x\nlast\n",
            "line\n".repeat(60)
        );
        let excerpt = excerpt(&log);
        assert!(excerpt.ends_with("line\nlast") && !excerpt.contains("first"));
        assert_eq!(excerpt.lines().count(), EXCERPT_LINES);
    }
}
