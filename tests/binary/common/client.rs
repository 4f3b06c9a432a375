//! An HTTP client over one connection, so that tests see what happens to it.

use std::{net::SocketAddr, path::Path, sync::Arc};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Full, combinators::BoxBody};
use hyper::{
    body::Incoming,
    client::conn::{http1, http2},
};
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    task::JoinHandle,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject},
    },
};

use super::soon;

/// A request body of any kind.
pub(crate) type RequestBody = BoxBody<Bytes, std::convert::Infallible>;

/// A client's connection, which ends as its task does.
pub(crate) struct Client {
    sender: Sender,
    pub(crate) connection: JoinHandle<Result<(), hyper::Error>>,
}

enum Sender {
    Http1(http1::SendRequest<RequestBody>),
    Http2(http2::SendRequest<RequestBody>),
}

impl Client {
    /// Speaks HTTP/1.1 on a socket.
    pub(crate) async fn http1(io: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Self {
        let (sender, connection) = soon("a connection", http1::handshake(TokioIo::new(io)))
            .await
            .unwrap();
        Self {
            sender: Sender::Http1(sender),
            connection: tokio::spawn(connection),
        }
    }

    /// Speaks HTTP/2 on a socket, without asking whether the server does.
    pub(crate) async fn http2(io: impl AsyncRead + AsyncWrite + Unpin + Send + 'static) -> Self {
        let handshake = http2::handshake(TokioExecutor::new(), TokioIo::new(io));
        let (sender, connection) = soon("a connection", handshake).await.unwrap();
        Self {
            sender: Sender::Http2(sender),
            connection: tokio::spawn(connection),
        }
    }

    /// Sends a request without a body.
    pub(crate) async fn get(&mut self, path: &str) -> Response<Bytes> {
        let request = Request::get(format!("http://localhost{path}")).header("host", "localhost");
        self.send(request.body(full("")).unwrap()).await
    }

    /// Sends a request, and leaves its response to be read. Dropping the response ends the connection.
    pub(crate) async fn begin(self, request: Request<RequestBody>) -> Response<Incoming> {
        match self.sender {
            Sender::Http1(mut sender) => sender.send_request(request).await,
            Sender::Http2(mut sender) => sender.send_request(request).await,
        }
        .unwrap()
    }

    /// Sends a request and reads the whole response.
    pub(crate) async fn send(&mut self, request: Request<RequestBody>) -> Response<Bytes> {
        let response = match &mut self.sender {
            Sender::Http1(sender) => soon("a response", sender.send_request(request))
                .await
                .unwrap(),
            Sender::Http2(sender) => soon("a response", sender.send_request(request))
                .await
                .unwrap(),
        };
        let (head, body) = response.into_parts();
        let body = soon("a response body", body.collect())
            .await
            .unwrap()
            .to_bytes();
        Response::from_parts(head, body)
    }
}

/// A body that is sent at once.
pub(crate) fn full(text: &str) -> RequestBody {
    Full::from(text.to_owned()).boxed()
}

/// Connects to the plaintext port.
pub(crate) async fn connect(address: SocketAddr) -> TcpStream {
    soon("a connection", TcpStream::connect(address))
        .await
        .unwrap()
}

/// Connects to the TLS port, trusting the certificates of a PEM file, and offering one protocol.
pub(crate) async fn connect_tls(
    address: SocketAddr,
    trusted: &Path,
    protocol: &str,
) -> TlsStream<TcpStream> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(trusted).unwrap() {
        roots.add(certificate.unwrap()).unwrap();
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
    let name = ServerName::try_from("localhost").unwrap();
    let connector = TlsConnector::from(Arc::new(config));
    let stream = soon(
        "a handshake",
        connector.connect(name, connect(address).await),
    )
    .await
    .unwrap();
    assert_eq!(
        stream.get_ref().1.alpn_protocol(),
        Some(protocol.as_bytes())
    );
    stream
}
