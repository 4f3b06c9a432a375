//! The HTTP client that exports.

use std::{pin::Pin, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use opentelemetry_http::{HttpClient, HttpError};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::runtime::Handle;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

use super::OtlpError;

/// Time for one export.
const TIMEOUT: Duration = Duration::from_secs(10);

/// Runs requests on the server's runtime. The SDK calls it from threads of its own, which have none.
#[derive(Debug)]
pub(super) struct Client {
    inner: reqwest::Client,
    runtime: Handle,
}

impl Client {
    /// A client of the current runtime; `tls` loads the certificates that the platform trusts.
    pub(super) fn new(tls: bool) -> Result<Self, OtlpError> {
        let told = |error: &dyn std::error::Error| OtlpError::Client(error.to_string());
        let runtime = Handle::try_current().map_err(|error| told(&error))?;
        let builder = ClientConfig::builder_with_provider(ring::default_provider().into())
            .with_safe_default_protocol_versions()
            .map_err(|error| told(&error))?;
        let config = if tls {
            builder
                .with_platform_verifier()
                .map_err(|error| told(&error))?
                .with_no_client_auth()
        } else {
            builder
                .with_root_certificates(RootCertStore::empty())
                .with_no_client_auth()
        };
        let inner = reqwest::Client::builder()
            .tls_backend_preconfigured(config)
            .user_agent(concat!("outcrop/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .timeout(TIMEOUT)
            .build()
            .map_err(|error| told(&error))?;
        Ok(Self { inner, runtime })
    }
}

impl HttpClient for Client {
    fn send_bytes<'client, 'future>(
        &'client self,
        request: Request<Bytes>,
    ) -> Pin<Box<dyn Future<Output = Result<Response<Bytes>, HttpError>> + Send + 'future>>
    where
        'client: 'future,
    {
        let sending = self.runtime.spawn(send(self.inner.clone(), request));
        Box::pin(async { sending.await? })
    }
}

async fn send(
    client: reqwest::Client,
    request: Request<Bytes>,
) -> Result<Response<Bytes>, HttpError> {
    let response = client.execute(request.try_into()?).await?;
    let mut answer = Response::new(Bytes::new());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = response.headers().clone();
    *answer.body_mut() = response.bytes().await?;
    Ok(answer)
}
