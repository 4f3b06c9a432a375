//! Requests to a model server, and their retries.

use std::{error::Error, sync::Arc, time::Duration};

use bytes::Bytes;
use http_body_util::{BodyExt, Limited};
use reqwest::{
    Client, Response, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER},
    redirect,
};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

use crate::{
    BackendError, BackendSettings,
    error::{Fault, reason},
};

/// Bytes of an error's body that are read.
const LONGEST_ERROR: usize = 64 << 10;

/// Time until the first further try; it doubles for each one after.
const FIRST_WAIT: Duration = Duration::from_millis(100);

/// One server.
#[derive(Debug)]
pub(crate) struct Http {
    client: Client,
    base: String,
    retries: u32,
}

impl Http {
    pub(crate) fn new(settings: &BackendSettings) -> Result<Self, BackendError> {
        let url =
            Url::parse(&settings.url).map_err(|error| BackendError::Url(error.to_string()))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BackendError::Url(format!("its scheme is {}", url.scheme())));
        }
        if !url.username().is_empty() || url.password().is_some() {
            let message = "it holds credentials, which belong into `backend_api_key`";
            return Err(BackendError::Url(message.to_owned()));
        }
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let accepted = HeaderValue::from_static("text/event-stream, application/json");
        headers.insert(ACCEPT, accepted);
        if let Some(key) = &settings.api_key {
            let value = format!("Bearer {}", key.0);
            let mut value = HeaderValue::from_str(&value).map_err(|_| BackendError::ApiKey)?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        let client = Client::builder()
            .tls_backend_preconfigured(tls(url.scheme() == "https")?)
            .default_headers(headers)
            .user_agent(concat!("outcrop/", env!("CARGO_PKG_VERSION")))
            // The server that was configured is the only one that is called.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .tcp_nodelay(true)
            .build()
            .map_err(|error| BackendError::Client(cause(&error)))?;
        Ok(Self {
            client,
            base: settings.url.trim_end_matches('/').to_owned(),
            retries: settings.retries,
        })
    }

    /// Posts a body until there is a success, or a failure that another try does not help.
    pub(crate) async fn post(&self, path: &str, body: Bytes) -> Result<Response, Fault> {
        let mut wait = FIRST_WAIT;
        for _ in 0..self.retries {
            match self.try_post(path, body.clone()).await {
                Err(fault) if fault.may_pass() => {
                    tracing::debug!(?fault, "trying the backend again");
                    tokio::time::sleep(wait).await;
                    wait *= 2;
                }
                settled => return settled,
            }
        }
        self.try_post(path, body).await
    }

    async fn try_post(&self, path: &str, body: Bytes) -> Result<Response, Fault> {
        let url = format!("{}{path}", self.base);
        let sent = self.client.post(url).body(body).send().await;
        let response = sent.map_err(|error| {
            let cause = cause(&error);
            if error.is_connect() {
                Fault::Unreachable(cause)
            } else {
                Fault::Broken(cause)
            }
        })?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status().as_u16();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(seconds);
        let body = read(response, LONGEST_ERROR).await.unwrap_or_default();
        Err(Fault::Status {
            status,
            reason: reason(&body).1,
            retry_after,
        })
    }
}

/// A whole body of at most `limit` bytes.
pub(crate) async fn read(response: Response, limit: usize) -> Result<Bytes, Fault> {
    let body = Limited::new(reqwest::Body::from(response), limit);
    let collected = body.collect().await;
    collected
        .map(http_body_util::Collected::to_bytes)
        .map_err(|error| Fault::Broken(cause(error.as_ref())))
}

/// The innermost reason, which says most and does not repeat the address.
pub(crate) fn cause(error: &(dyn Error + 'static)) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

/// rustls with ring, and the certificates that the platform trusts; none of these for plain HTTP, so
/// that a container without any can call a server beside it.
fn tls(needed: bool) -> Result<ClientConfig, BackendError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| BackendError::Client(error.to_string()))?;
    if needed {
        let verified = builder.with_platform_verifier();
        return verified
            .map(ConfigBuilder::<ClientConfig, _>::with_no_client_auth)
            .map_err(|error| BackendError::Client(error.to_string()));
    }
    let nobody = RootCertStore::empty();
    Ok(builder.with_root_certificates(nobody).with_no_client_auth())
}

/// `Retry-After` in seconds; dates are rare, and left out.
fn seconds(value: &HeaderValue) -> Option<u32> {
    value.to_str().ok()?.trim().parse().ok()
}
