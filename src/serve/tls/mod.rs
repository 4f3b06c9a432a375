//! The TLS port: a given certificate, or one signed by an authority of our own.

mod authority;
mod files;

use std::{fmt, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use etcetera::BaseStrategy;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer},
    },
    server::TlsStream,
};

use self::authority::Authority;
use super::error::StartError;
use crate::config::Settings;

/// A certificate chain, the server's own first, and the key of that one.
type Identity = (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>);

/// Makes TLS connections out of accepted ones.
#[derive(Clone)]
pub(super) struct Tls(TlsAcceptor);

impl fmt::Debug for Tls {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tls")
    }
}

impl Tls {
    /// Reads the certificate of the settings, or generates one for `address`.
    pub(super) fn of(settings: &Settings, address: SocketAddr) -> Result<Self, StartError> {
        let (chain, key) = match (&settings.tls_cert, &settings.tls_key) {
            (Some(certificate), Some(key)) => files::read(certificate, key)?,
            _ => generate(settings, address)?,
        };
        // ring, because it builds with a C compiler alone; aws-lc also asks for CMake on some platforms, and takes minutes.
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, key)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    /// Performs the handshake within the deadline, `None` if it fails.
    pub(super) async fn handshake(
        &self,
        stream: TcpStream,
        deadline: Duration,
    ) -> Option<TlsStream<TcpStream>> {
        match timeout(deadline, self.0.accept(stream)).await {
            Ok(Ok(stream)) => return Some(stream),
            Ok(Err(error)) => tracing::debug!(%error, "a TLS handshake failed"),
            Err(_) => tracing::debug!("a TLS handshake took too long"),
        }
        None
    }
}

fn generate(settings: &Settings, address: SocketAddr) -> Result<Identity, StartError> {
    let folder = settings
        .tls_dir
        .clone()
        .or_else(data_folder)
        .ok_or(StartError::NoDataFolder)?;
    let authority = Authority::open(&folder)?;
    let mut names: Vec<String> = ["localhost", "127.0.0.1", "::1"]
        .map(str::to_owned)
        .to_vec();
    if !address.ip().is_unspecified() && !address.ip().is_loopback() {
        names.push(address.ip().to_string());
    }
    names.extend(settings.tls_names.0.iter().cloned());
    tracing::info!(
        certificate = %authority.certificate_path().display(),
        names = names.join(","),
        "generated a TLS certificate; clients have to trust its authority, \
         for example with AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS set to this file"
    );
    authority.issue(names)
}

/// `outcrop/tls` in the platform's folder for application data.
fn data_folder() -> Option<PathBuf> {
    let platform = etcetera::base_strategy::choose_native_strategy().ok()?;
    Some(platform.data_dir().join("outcrop").join("tls"))
}
