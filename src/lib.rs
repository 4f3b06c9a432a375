//! Outcrop: the AWS Bedrock API on your own machine.
//!
//! This crate is the binary: command line, configuration, wiring, listeners and signals. It has no Bedrock logic;
//! [`app`] says which parts answer a request, from the socket inwards.

pub mod app;
pub mod cli;
pub mod config;
mod engine;
mod guardrails;
mod invocation_logs;
mod jobs;
mod models;
mod objects;
mod own_paths;
mod request_log;
mod routes;
pub mod serve;
mod served;
mod state;
pub mod telemetry;

/// The command that makes a text of a document.
const READ_DOCUMENT: &str = "read-document";

pub use self::{
    app::{App, AppError, app},
    config::Settings,
    engine::EngineError,
    models::ModelsError,
    objects::ObjectsSettingError,
    routes::{Operations, RoutesError, operations},
    serve::Server,
    state::{State, StateError},
    telemetry::Telemetry,
};
