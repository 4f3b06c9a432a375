//! Jobs from the request to the output, with the real handlers, a store in memory and a folder for S3.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests fail the test, too"
)]

mod async_invoke;
mod crash;
mod formats;
mod lifecycle;
mod support;
