//! The program that makes texts of documents.

use std::{ffi::OsString, path::PathBuf, process::Stdio, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    process::Command,
    sync::Semaphore,
};

/// Exit code of a reader that says on its standard output what is wrong with the document.
pub const UNREADABLE: u8 = 3;

/// Documents that are read at once.
static TURNS: Semaphore = Semaphore::const_new(2);

/// The longest time for one document, waiting for a turn apart.
const PATIENCE: Duration = Duration::from_secs(20);

/// Bytes of a text that are taken.
const LONGEST: u64 = 16 << 20;

/// Reads documents in a process of its own, because a file from anywhere may take any time and any
/// memory. It gets the format as its last argument and the file on standard input, and writes the text on standard output. It is the program's
/// to limit its memory; its time is limited here, and it ends with the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentReader {
    /// The program.
    pub program: PathBuf,
    /// Its arguments, but for the format.
    pub arguments: Vec<OsString>,
}

/// Why there is no text. Goes on with what the document is or does.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    #[error("{0}")]
    Unreadable(String),
    #[error("takes more than the {PATIENCE:?} that it may take to be read; send its text instead")]
    Slow,
    #[error(
        "takes more memory than it may take to be read, or breaks its reader; send its text instead"
    )]
    Broken,
    #[error("cannot be read on this machine: {0}")]
    NoReader(String),
}

impl DocumentReader {
    /// The text of a file of this format.
    pub(super) async fn text(&self, format: &str, file: &[u8]) -> Result<String, Failure> {
        let turn = TURNS.acquire().await;
        let read = tokio::time::timeout(PATIENCE, self.run(format, file)).await;
        drop(turn);
        read.unwrap_or(Err(Failure::Slow))
    }

    async fn run(&self, format: &str, file: &[u8]) -> Result<String, Failure> {
        let failed = |error: std::io::Error| Failure::NoReader(error.to_string());
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .arg(format)
            .env_clear()
            // The allocator reserves less at once, so that a limit of the address space is one of the memory.
            .env("MIMALLOC_ARENA_RESERVE", "65536")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(failed)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let give = async {
            if let Some(mut input) = input {
                // A reader that has seen enough does not read to the end.
                let _ = input.write_all(file).await;
            }
        };
        let mut told = Vec::new();
        let take = async {
            match output {
                Some(output) => output.take(LONGEST).read_to_end(&mut told).await,
                None => Ok(0),
            }
        };
        let ((), taken) = tokio::join!(give, take);
        taken.map_err(failed)?;
        let status = child.wait().await.map_err(failed)?;
        let text = String::from_utf8(told).map_err(|_| Failure::Broken)?;
        match status.code() {
            Some(0) => Ok(text),
            Some(code) if code == i32::from(UNREADABLE) => Err(Failure::Unreadable(text)),
            _ => Err(Failure::Broken),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    async fn read(script: &str, file: &[u8]) -> Result<String, Failure> {
        let reader = DocumentReader {
            program: "/bin/sh".into(),
            arguments: vec!["-c".into(), script.into()],
        };
        reader.text("pdf", file).await
    }

    #[tokio::test]
    async fn a_document_goes_through_the_program() {
        let long = vec![b'a'; 300_000];
        assert_eq!(read("cat", &long).await.map(|text| text.len()), Ok(300_000));
        assert_eq!(read("echo $0", b"").await.as_deref(), Ok("pdf\n"));
        // Nothing of the server's environment is a reader's.
        assert_eq!(read("echo $HOME", b"").await.as_deref(), Ok("\n"));
    }

    #[tokio::test]
    async fn what_goes_wrong_is_told() {
        let long = vec![b'a'; 300_000];
        let told = read("printf 'is empty'; exit 3", &long).await;
        assert_eq!(told, Err(Failure::Unreadable("is empty".to_owned())));
        for script in ["exit 1", "kill -9 $$", "printf '\\377'"] {
            assert_eq!(read(script, b"").await, Err(Failure::Broken), "{script}");
        }
        let nobody = DocumentReader {
            program: "/no/such".into(),
            arguments: Vec::new(),
        };
        assert!(matches!(
            nobody.text("pdf", b"").await,
            Err(Failure::NoReader(_))
        ));
    }

    #[tokio::test(start_paused = true)]
    async fn a_program_that_hangs_is_ended() {
        assert_eq!(read("exec sleep 1000", b"").await, Err(Failure::Slow));
    }
}
