//! Servers whose certificates an authority of their own has signed.

use std::sync::Arc;

use outcrop_backends::{BackendSettings, OpenAiEngine};
use outcrop_engine::EngineError;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::{
    io::{AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::ring,
        pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer},
    },
};

use crate::support::{Backend, Reply, patient, text, whole};

/// An authority, in PEM, and a certificate for `localhost` that it has signed.
fn certificate() -> (String, ServerConfig) {
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let pem = authority.self_signed(&key).unwrap().pem();
    let authority = Issuer::new(authority, key);
    let key = KeyPair::generate().unwrap();
    let own = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let own = own.signed_by(&key, &authority).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.der().clone()], key)
        .unwrap();
    (pem, config)
}

/// Passes what comes through TLS on to a server without. Its address has the name of the certificate.
async fn terminate(config: ServerConfig, backend: &Backend) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let target = backend
        .url
        .trim_start_matches("http://")
        .trim_end_matches("/v1")
        .to_owned();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, target) = (acceptor.clone(), target.clone());
            tokio::spawn(async move {
                // A client that trusts somebody else goes away here.
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    return;
                };
                let mut plain = TcpStream::connect(target).await.unwrap();
                let _ = copy_bidirectional(&mut stream, &mut plain).await;
                let _ = stream.shutdown().await;
            });
        }
    });
    format!("https://localhost:{port}/v1")
}

#[tokio::test]
async fn an_authority_of_the_settings_is_trusted_and_no_other() {
    let backend = Backend::start(vec![Reply::text("Hi")]).await;
    let (authority, config) = certificate();
    let url = terminate(config, &backend).await;
    let trusting = |roots: Option<String>| {
        let settings = BackendSettings {
            tls_roots: roots,
            ..patient(&url)
        };
        OpenAiEngine::new(settings).unwrap()
    };
    let answer = whole(&trusting(Some(authority))).await.unwrap();
    assert_eq!(text(&answer), "Hi");
    let (stranger, _) = certificate();
    for roots in [None, Some(stranger)] {
        let Err(EngineError::ServiceUnavailable(message)) = whole(&trusting(roots)).await else {
            panic!("a certificate of nobody's was trusted")
        };
        assert!(message.contains("certificate"), "{message}");
    }
    assert_eq!(backend.received().len(), 1);
}
