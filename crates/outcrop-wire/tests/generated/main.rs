//! The layers around the generated services, with handlers that do next to nothing.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "what helps several tests fails like a test"
)]

mod errors;
mod leniency;
mod service;
mod streams;
mod validation;
