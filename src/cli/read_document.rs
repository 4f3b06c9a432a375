//! The command that reads a document: the server starts it for each file that a model gets as text.

use std::{
    io::{Read, Write},
    process::ExitCode,
};

use outcrop_backends::UNREADABLE;
use outcrop_documents::Format;

use super::{fail, print};

/// Bytes of memory, and seconds of processor time, after which the system ends the process.
#[cfg(target_os = "linux")]
const LIMITS: (u64, u64) = (512 << 20, 20);

/// Bytes of the longest file; what is longer is no document of Bedrock's.
const LONGEST: u64 = 64 << 20;

/// Reads a file from standard input, and writes its text on standard output.
pub(super) fn read_document(format: Format) -> ExitCode {
    if let Err(error) = limit() {
        return fail(&error, 1);
    }
    let mut file = Vec::new();
    if let Err(error) = std::io::stdin().take(LONGEST).read_to_end(&mut file) {
        return fail(&error, 1);
    }
    match outcrop_documents::text(format, file) {
        Ok(text) => print(&text),
        Err(unreadable) => {
            let _ = write!(std::io::stdout(), "{unreadable}");
            ExitCode::from(UNREADABLE)
        }
    }
}

/// A file may be made to take any memory and any time. Elsewhere the server's own limit of the time is the only one.
#[cfg(target_os = "linux")]
fn limit() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = |most| Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    setrlimit(Resource::As, limit(LIMITS.0))?;
    setrlimit(Resource::Cpu, limit(LIMITS.1))?;
    setrlimit(Resource::Core, limit(0))?;
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn limit() -> std::io::Result<()> {
    Ok(())
}
