//! `outcrop-codegen`: see `--help`.

use std::process::ExitCode;

use clap::Parser;
use outcrop_codegen::cli::Cli;

#[expect(
    clippy::print_stderr,
    reason = "a command line tool says why it failed"
)]
fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("outcrop-codegen: {error}");
            ExitCode::FAILURE
        }
    }
}
