//! Runs the real binary for a test, on free ports, away from the files and variables of whoever runs the tests.

pub(crate) mod backend;
pub(crate) mod client;
pub(crate) mod running;

use std::{
    future::Future,
    net::SocketAddr,
    path::Path,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStderr, ChildStdout, Command},
    sync::mpsc::{self, UnboundedReceiver},
    time::timeout,
};

/// How long a test waits for anything before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// Waits for something that has to happen.
pub(crate) async fn soon<T>(what: &str, future: impl Future<Output = T>) -> T {
    let result = timeout(PATIENCE, future).await;
    result.unwrap_or_else(|_| panic!("{what} did not happen within {PATIENCE:?}"))
}

/// The command, in a folder of its own and without configuration.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_outcrop"));
    command
        .args(arguments)
        .current_dir(folder)
        .kill_on_drop(true);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("OUTCROP_") || text.starts_with("OTEL_") {
            command.env_remove(name);
        }
    }
    let folder = folder.as_os_str();
    command
        .env("HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("XDG_DATA_HOME", folder);
    command
}

/// A server that accepts requests.
pub(crate) struct Outcrop {
    /// Address of the plaintext port.
    pub(crate) address: SocketAddr,
    /// Address of the TLS port.
    pub(crate) tls_address: Option<SocketAddr>,
    /// Its working directory, where all its files are.
    pub(crate) folder: TempDir,
    child: Child,
    stdout: Lines<BufReader<ChildStdout>>,
    log: UnboundedReceiver<String>,
    logged: Vec<String>,
}

impl Outcrop {
    /// Starts the server on a free port and waits for its ready line.
    pub(crate) async fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let arguments = [&["--ephemeral", "--listen", "127.0.0.1:0"], arguments].concat();
        let mut child = command(folder.path(), &arguments).spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap()).lines();
        let log = read_on(child.stderr.take().unwrap());
        let mut tls_address = None;
        let address = loop {
            let Some(line) = soon("the ready line", stdout.next_line()).await.unwrap() else {
                panic!(
                    "the server ended: {:?}",
                    child.wait_with_output().await.unwrap()
                )
            };
            let url = line
                .strip_prefix("outcrop listening on ")
                .expect("a ready line");
            match url.split_once("://").unwrap() {
                ("https", address) => tls_address = Some(address.parse().unwrap()),
                (_, address) => break address.parse().unwrap(),
            }
        };
        Self {
            address,
            tls_address,
            folder,
            child,
            stdout,
            log,
            logged: Vec::new(),
        }
    }

    /// Sends a signal, by its name: `TERM`, `INT`.
    pub(crate) async fn signal(&self, name: &str) {
        let pid = self.child.id().expect("a running server").to_string();
        let status = Command::new("kill")
            .args([&format!("-{name}"), &pid])
            .status()
            .await
            .unwrap();
        assert!(status.success());
    }

    /// Reads the log up to a line that contains the text.
    pub(crate) async fn logs(&mut self, text: &str) -> String {
        while let Some(line) = soon(&format!("{text:?} in the log"), self.log.recv()).await {
            self.logged.push(line.clone());
            if line.contains(text) {
                return line;
            }
        }
        panic!("the log ended without {text:?}: {:#?}", self.logged)
    }

    /// Waits for the end of the server.
    pub(crate) async fn exit(mut self) -> Exit {
        let mut printed = Vec::new();
        while let Some(line) = soon("the end of standard output", self.stdout.next_line())
            .await
            .unwrap()
        {
            printed.push(line);
        }
        while let Some(line) = soon("the end of the log", self.log.recv()).await {
            self.logged.push(line);
        }
        let status = soon("the end of the server", self.child.wait())
            .await
            .unwrap();
        Exit {
            status,
            printed,
            logged: self.logged,
        }
    }
}

/// Reads a log as it is written, so that the server never waits for the test to read it.
fn read_on(log: ChildStderr) -> UnboundedReceiver<String> {
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut lines = BufReader::new(log).lines();
        while let Ok(Some(line)) = lines.next_line().await {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// How a server ended.
pub(crate) struct Exit {
    pub(crate) status: ExitStatus,
    /// What it printed after the ready lines.
    pub(crate) printed: Vec<String>,
    /// Its whole log.
    pub(crate) logged: Vec<String>,
}
