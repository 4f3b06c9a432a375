//! The `outcrop` binary.

use std::process::ExitCode;

fn main() -> ExitCode {
    outcrop::cli::main()
}
