//! The command line.

mod arguments;
mod check;
mod read_document;
mod reload;
mod serve;

use std::{fmt::Display, io::Write, process::ExitCode};

use self::arguments::{Action, Arguments};
use crate::config::{self, Sources};

/// Exit code of a command line or configuration that is wrong.
const USAGE: u8 = 2;

/// Runs the command that this process was started with.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way as well, and go to standard output.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE));
        }
    };
    if let Action::ReadDocument(format) = arguments.action {
        return read_document::read_document(format);
    }
    if arguments.action == Action::ConfigMarkdown {
        return print(&config::markdown());
    }
    let sources = Sources::of_process(arguments.flags, arguments.config);
    match config::resolve(&sources) {
        Err(error) => fail(&error, USAGE),
        Ok(effective) if arguments.action == Action::Config => print(&config::show(&effective)),
        Ok(effective) if arguments.action == Action::BackendsCheck => check::check(&effective),
        Ok(effective) => serve::serve(&effective, sources),
    }
}

fn print(text: &str) -> ExitCode {
    match std::io::stdout().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error, 1),
    }
}

/// Says what went wrong on standard error.
fn fail(error: &dyn Display, code: u8) -> ExitCode {
    for line in error.to_string().lines() {
        let _ = writeln!(std::io::stderr(), "error: {line}");
    }
    ExitCode::from(code)
}
