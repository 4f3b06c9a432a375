//! The bounds of every connection.

use std::time::Duration;

use crate::config::Settings;

/// How long a connection may wait, and how much it may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Connections that may be open at once, over all ports.
    pub connections: usize,
    /// Requests that may be open at once on one HTTP/2 connection.
    pub streams: u32,
    /// Time for a request's head to arrive, and for a TLS handshake.
    pub head: Duration,
    /// Time without a request, or with a client that does not read.
    pub idle: Duration,
    /// Time for running requests to finish when the server stops.
    pub shutdown_grace: Duration,
}

impl Limits {
    pub(super) fn of(settings: &Settings) -> Self {
        Self {
            connections: settings.max_connections.get(),
            streams: settings.http2_max_streams.get(),
            head: settings.header_deadline,
            idle: settings.idle_timeout,
            shutdown_grace: settings.shutdown_grace,
        }
    }
}
