//! The real binary, started on free ports and looked at from outside.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail the test, too"
)]

mod cli;
mod common;
mod logging;
mod serving;
#[cfg(unix)]
mod stopping;
#[cfg(unix)]
mod telemetry;
