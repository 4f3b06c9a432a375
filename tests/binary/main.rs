//! The real binary, started on free ports and looked at from outside.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail the test, too"
)]

mod backends;
mod cli;
mod common;
mod logging;
#[cfg(unix)]
mod reloading;
mod serving;
#[cfg(unix)]
mod stopping;
#[cfg(unix)]
mod telemetry;
