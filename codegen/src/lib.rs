//! Prepares the official models, runs the generator, writes the generated crates, and checks that they are current.
//!
//! ```text
//! official model -> prepare -> server view -> Smithy CLI with rust-server-codegen -> rustfmt -> crates/*-smithy
//!                      |
//!                      +-> constraint table (constraints.json)
//! ```

pub mod ast;
pub mod check;
pub mod cli;
pub mod constraints;
pub mod data;
pub mod generate;
pub mod prepare;
pub mod project;
pub mod record;
pub mod view;
pub mod walk;
