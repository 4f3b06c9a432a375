//! The real binary, on a free port, away from the files and variables of whoever runs the tests.

use std::{
    env,
    ffi::OsString,
    fs::{self, File},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
};

use serde_json::Value;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};

use crate::{Failure, Result, client::within};

/// The root of the repository.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A running server; it ends when it is dropped.
#[derive(Debug)]
pub struct Server {
    /// Where it accepts requests.
    pub address: SocketAddr,
    folder: TempDir,
    _child: Child,
}

impl Server {
    /// Starts the binary named by `OUTCROP_BIN`, or else the one that cargo builds, with these flags besides, and waits for its
    /// ready line.
    pub async fn start(flags: &[&str]) -> Result<Self> {
        let binary = binary().await?;
        let folder = tempfile::tempdir().map_err(Failure::file("a temporary folder"))?;
        let log = folder.path().join("log");
        let log = File::create(&log).map_err(Failure::file(log))?;
        let mut child = command(&binary, folder.path())
            .args(flags)
            .stderr(log)
            .spawn()
            .map_err(Failure::file(&binary))?;
        let stdout = child
            .stdout
            .take()
            .ok_or_else(|| Failure::Server("no standard output".into()))?;
        let mut lines = BufReader::new(stdout).lines();
        let line = within("the ready line", async {
            let line = lines.next_line().await.map_err(Failure::file(&binary))?;
            line.ok_or_else(|| {
                Failure::Server(format!(
                    "{} ended: {}",
                    binary.display(),
                    log_of(folder.path())
                ))
            })
        });
        let line = line.await?;
        let address = line
            .strip_prefix("outcrop listening on http://")
            .and_then(|address| address.parse().ok())
            .ok_or_else(|| Failure::Server(format!("not a ready line: {line}")))?;
        Ok(Self {
            address,
            folder,
            _child: child,
        })
    }

    /// Puts an object behind `s3://` locations.
    pub fn store(&self, bucket: &str, key: &str, contents: &[u8]) -> Result<()> {
        let path = self.folder.path().join("objects").join(bucket).join(key);
        let folder = path.parent().unwrap_or(&path);
        fs::create_dir_all(folder).map_err(Failure::file(folder))?;
        fs::write(&path, contents).map_err(Failure::file(&path))
    }

    /// Lines of the log that tell of a panic.
    #[must_use]
    pub fn panics(&self) -> Vec<String> {
        let log = log_of(self.folder.path());
        log.lines()
            .filter(|line| line.contains("panicked"))
            .map(str::to_owned)
            .collect()
    }
}

fn log_of(folder: &Path) -> String {
    fs::read_to_string(folder.join("log")).unwrap_or_default()
}

fn command(binary: &Path, folder: &Path) -> Command {
    let mut command = Command::new(binary);
    command
        .args(["serve", "--ephemeral", "--listen", "127.0.0.1:0"])
        .args(["--s3-root", "objects"])
        .current_dir(folder)
        .kill_on_drop(true)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("OUTCROP_") {
            command.env_remove(name);
        }
    }
    command
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_DATA_HOME", folder);
    command
}

async fn binary() -> Result<PathBuf> {
    if let Some(path) = env::var_os("OUTCROP_BIN") {
        return Ok(path.into());
    }
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args([
            "build",
            "-p",
            "outcrop",
            "--bin",
            "outcrop",
            "--message-format=json-render-diagnostics",
        ])
        .current_dir(root())
        .stderr(Stdio::inherit())
        .output()
        .await
        .map_err(Failure::file("cargo"))?;
    let messages = String::from_utf8_lossy(&output.stdout);
    let executable = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter_map(|message| message.get("executable")?.as_str().map(PathBuf::from))
        .next_back();
    executable
        .filter(|_| output.status.success())
        .ok_or_else(|| {
            Failure::Server(
                "cargo could not build the binary; set OUTCROP_BIN to use another one".into(),
            )
        })
}
