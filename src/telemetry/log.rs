//! The log: one line per request and per event of the server's life, on standard error.
//!
//! Standard output is left to the ready line. Nothing of ours logs a body, and the dependencies that quote bodies
//! are silenced here, so prompts and answers appear at no level.

use std::io::{self, IsTerminal};

use tracing::{Level, Metadata};
use tracing_subscriber::{
    Layer, Registry,
    filter::{FilterExt, filter_fn},
    layer::SubscriberExt,
    util::SubscriberInitExt,
};

use crate::config::{LogFormat, LogLevel};

/// Modules that log whole stream events (trace), and errors that quote the request (debug and trace).
const QUOTING: [&str; 3] = ["aws_smithy_", "bedrock_runtime_smithy", "bedrock_smithy"];

/// Starts logging for this process. A later call changes nothing.
pub fn start(format: LogFormat, level: &LogLevel) {
    let layer = tracing_subscriber::fmt::layer().with_writer(io::stderr);
    let layer: Box<dyn Layer<Registry> + Send + Sync> = match format {
        LogFormat::Pretty => Box::new(layer.with_ansi(wants_colour()).with_target(false)),
        LogFormat::Json => Box::new(layer.json().flatten_event(true)),
    };
    let filter = level.0.clone().and(filter_fn(quotes_nothing));
    let started = tracing_subscriber::registry()
        .with(layer.with_filter(filter))
        .try_init();
    if let Err(error) = started {
        tracing::debug!(%error, "logging was started before");
    }
}

/// Whether events of this kind are free of prompts and answers.
fn quotes_nothing(metadata: &Metadata<'_>) -> bool {
    *metadata.level() <= Level::INFO
        || !QUOTING
            .iter()
            .any(|module| metadata.target().starts_with(module))
}

/// Whether people read the log on a terminal, and want colours there (<https://no-color.org>).
fn wants_colour() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
