//! Why a server cannot start.

use std::{io, net::SocketAddr, path::PathBuf};

/// Why a server cannot start, told so that its reader can set it right.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A port that is taken.
    #[error(
        "cannot listen on {address}: the address is in use. \
         Stop the program that holds it, or choose another with --{flag} (port 0 takes a free one)"
    )]
    InUse {
        /// The address.
        address: SocketAddr,
        /// The flag that chooses it.
        flag: String,
    },
    /// A port that cannot be bound for another reason.
    #[error("cannot listen on {address}: {source}. Choose another address with --{flag}")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// The flag that chooses it.
        flag: String,
        /// Why.
        source: io::Error,
    },
    /// A bound port that does not tell its address.
    #[error("cannot read the address of a listening socket: {0}")]
    Address(io::Error),
    /// A certificate or key that cannot be read.
    #[error("{}: cannot read {what}: {message}. It has to be a PEM file", .path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
        /// Why.
        message: String,
    },
    /// A certificate and a key that do not make a TLS server.
    #[error("the TLS certificate and its key cannot be used: {0}")]
    Tls(#[from] tokio_rustls::rustls::Error),
    /// A generated certificate that could not be made.
    #[error("cannot generate a TLS certificate: {0}")]
    Generate(#[from] rcgen::Error),
    /// A folder for the generated authority that cannot be used.
    #[error("{}: cannot keep the generated TLS authority: {source}. Choose another folder with --tls-dir, or give --tls-cert and --tls-key", .path.display())]
    AuthorityFolder {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// No folder for the generated authority.
    #[error(
        "this user has no folder for application data to keep the generated TLS authority in. Choose one with --tls-dir, or give --tls-cert and --tls-key"
    )]
    NoDataFolder,
    /// No way to hear of signals.
    #[error("cannot wait for signals: {0}")]
    Signals(io::Error),
}
