//! A running binary.

use std::{process::Stdio, time::Duration};

use aws_smithy_http_client::Builder;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    process::{Child, Command},
    time::timeout,
};

use crate::Clients;

/// How long the binary may take to its ready line.
const START: Duration = Duration::from_secs(20);

/// The binary that `OUTCROP_BIN` names, listening on a free port; killed when dropped.
#[derive(Debug)]
pub struct Binary {
    /// Clients of it.
    pub clients: Clients,
    _child: Child,
}

impl Binary {
    /// Starts it and waits for its ready line.
    ///
    /// # Panics
    ///
    /// When there is no binary, or it does not start in time.
    #[expect(
        clippy::expect_used,
        reason = "a test helper: without a server there is no test"
    )]
    pub async fn start() -> Self {
        let program = std::env::var_os("OUTCROP_BIN")
            .expect("OUTCROP_BIN names the binary; run tests/rust/run");
        let mut child = Command::new(program)
            .args(["serve", "--ephemeral", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("the binary starts");
        let output = child.stdout.take().expect("standard output is piped");
        let mut lines = BufReader::new(output).lines();
        let line = timeout(START, lines.next_line())
            .await
            .expect("a ready line in time");
        let line = line
            .expect("standard output is text")
            .expect("a ready line");
        let endpoint = line
            .strip_prefix("outcrop listening on ")
            .expect("the ready line's form");
        let clients = Clients::new(Builder::new().build_http(), endpoint);
        Self {
            clients,
            _child: child,
        }
    }
}
