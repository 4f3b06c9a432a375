//! The engine against a server that does what it is told: what real servers do at their worst.

#![expect(
    clippy::panic,
    clippy::similar_names,
    clippy::unwrap_used,
    reason = "helpers of tests"
)]

mod answers;
mod anthropic;
mod cancellation;
#[cfg(unix)]
mod documents;
mod embeddings;
mod failures;
mod images;
mod limits;
mod native;
mod ranking;
mod reasons;
mod routes;
mod support;
mod tls;
