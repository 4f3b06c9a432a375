//! Listeners, connections, and the way they end.
//!
//! One plaintext port speaks HTTP/1.1 and HTTP/2 with prior knowledge (the AWS SDKs for JavaScript and Java need the second
//! without TLS), another one speaks both over TLS. Every connection is bounded in each thing it waits for, see [`Limits`].

mod accept;
mod activity;
mod connection;
mod error;
mod leftover;
mod limits;
mod shutdown;
mod tls;
mod tracked;
mod wakes;

#[cfg(test)]
mod tests;

use std::{future::Future, net::SocketAddr, sync::Arc};

use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use self::{accept::Acceptor, connection::Connections, tls::Tls};
pub use self::{
    error::StartError,
    limits::Limits,
    shutdown::{Signal, Signals},
};
use crate::{app::App, config::Settings};

/// A server whose ports are bound; it answers once it runs.
#[derive(Debug)]
pub struct Server {
    plain: TcpListener,
    tls: Option<(TcpListener, Tls)>,
    limits: Limits,
    draining: CancellationToken,
}

impl Server {
    /// Binds the ports of the settings, and reads or makes the certificate. Has to be called in a runtime.
    pub fn bind(settings: &Settings) -> Result<Self, StartError> {
        let plain = accept::bind(settings.listen, "listen")?;
        let tls = match settings.tls_listen {
            Some(address) => Some((
                accept::bind(address, "tls_listen")?,
                Tls::of(settings, address)?,
            )),
            None => None,
        };
        Ok(Self {
            plain,
            tls,
            limits: Limits::of(settings),
            draining: CancellationToken::new(),
        })
    }

    /// Address of the plaintext port.
    pub fn address(&self) -> Result<SocketAddr, StartError> {
        self.plain.local_addr().map_err(StartError::Address)
    }

    /// Address of the TLS port, if there is one.
    pub fn tls_address(&self) -> Result<Option<SocketAddr>, StartError> {
        let address = self.tls.as_ref().map(|(listener, _)| listener.local_addr());
        address.transpose().map_err(StartError::Address)
    }

    /// Cancelled as soon as the server begins to stop.
    #[must_use]
    pub fn draining(&self) -> CancellationToken {
        self.draining.clone()
    }

    /// Serves `app` until `stop` completes, then lets running requests finish within the grace and returns.
    pub async fn run(self, app: App, stop: impl Future<Output = ()>) {
        let Self {
            plain,
            tls,
            limits,
            draining,
        } = self;
        let connections = Connections::new(app, limits, draining.clone());
        let listeners = TaskTracker::new();
        listeners.spawn(accept::accept(
            plain,
            Acceptor::Plain,
            Arc::clone(&connections),
        ));
        if let Some((listener, tls)) = tls {
            listeners.spawn(accept::accept(
                listener,
                Acceptor::Tls(tls),
                Arc::clone(&connections),
            ));
        }
        stop.await;
        draining.cancel();
        listeners.close();
        listeners.wait().await;
        connections.finish().await;
    }
}
