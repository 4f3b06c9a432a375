//! The pool, and one connection of it for one attempt.

use std::{str::FromStr, sync::Arc, time::Duration};

use deadpool_postgres::{
    Client, Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime,
};
use rustls::{ClientConfig, ConfigBuilder};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio_postgres::{Config, NoTls, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::failure::Failure;
use crate::StoreError;

/// Connections of one server: enough for hundreds of requests a second, and several servers fit into the 100 that
/// `PostgreSQL` allows by default.
const CONNECTIONS: usize = 16;

/// How long to wait for a free connection, or for a new one.
const PATIENCE: Duration = Duration::from_secs(4);

/// What a connection says first. The server stops what nobody waits for any more. Listings walk the index that has
/// their order: while the statistics are young, the planner would rather sort all that a scope has, for every page.
pub(super) const SETTINGS: &str = "set statement_timeout = '10s'; set idle_in_transaction_session_timeout = '30s'; \
     set enable_sort = off; set enable_bitmapscan = off";

pub(super) fn pool(url: &str) -> Result<Pool, StoreError> {
    let mut config = Config::from_str(url).map_err(|error| {
        StoreError::Unavailable(format!(
            "{}; give postgres://user:password@host/database",
            described(&error)
        ))
    })?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(PATIENCE);
    }
    if config.get_application_name().is_none() {
        config.application_name("outcrop");
    }
    config
        .keepalives_idle(Duration::from_secs(30))
        .tcp_user_timeout(Duration::from_secs(10));
    let builder = Pool::builder(manager(config)?)
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE))
        .post_create(Hook::async_fn(|client, _| {
            Box::pin(async move {
                client
                    .batch_execute(SETTINGS)
                    .await
                    .map_err(HookError::Backend)
            })
        }));
    builder
        .build()
        .map_err(|error| StoreError::Unavailable(error.to_string()))
}

fn manager(mut config: Config) -> Result<Manager, StoreError> {
    // Whether a connection was closed is known without asking the server.
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    if config.get_ssl_mode() == SslMode::Require {
        return Ok(Manager::from_config(
            config,
            MakeRustlsConnect::new(tls()?),
            recycling,
        ));
    }
    config.ssl_mode(SslMode::Disable);
    Ok(Manager::from_config(config, NoTls, recycling))
}

fn tls() -> Result<ClientConfig, StoreError> {
    let failed =
        |error: rustls::Error| StoreError::Unavailable(format!("TLS cannot be set up: {error}"));
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map(ConfigBuilder::<ClientConfig, _>::with_no_client_auth)
        .map_err(failed)
}

/// The error and its cause, which name a part of the URL, never the password.
fn described(error: &tokio_postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

/// A connection in use. Dropped in the middle of an answer, it is closed: the next user would wait for the rest.
pub(super) struct Connection {
    client: Option<Client>,
}

impl Connection {
    pub(super) async fn of(pool: &Pool) -> Result<Self, Failure> {
        Ok(Self {
            client: Some(pool.get().await?),
        })
    }

    pub(super) fn client(&self) -> Result<&Client, Failure> {
        self.client.as_ref().ok_or_else(gone)
    }

    pub(super) fn client_mut(&mut self) -> Result<&mut Client, Failure> {
        self.client.as_mut().ok_or_else(gone)
    }

    /// Says that nothing is under way on it.
    pub(super) fn give_back(mut self) {
        drop(self.client.take());
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            drop(Client::take(client));
        }
    }
}

fn gone() -> Failure {
    Failure::Lost("the connection was given back".to_owned())
}
