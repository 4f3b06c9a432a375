//! The HTTP client of one server: what every request has, and whom it trusts.

use std::sync::Arc;

use reqwest::{
    Client, Proxy, Url,
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use rustls_platform_verifier::Verifier;

use crate::{BackendError, BackendSettings, http::cause};

/// How a server wants to be told its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Auth {
    /// As `Authorization: Bearer`.
    Bearer,
    /// As `x-api-key`.
    ApiKey,
}

/// What sends requests to the server at this address.
pub(crate) fn client(
    settings: &BackendSettings,
    url: &Url,
    auth: Auth,
) -> Result<Client, BackendError> {
    let builder = Client::builder()
        .tls_backend_preconfigured(tls(settings, url.scheme() == "https")?)
        .default_headers(headers(settings, auth)?)
        .user_agent(concat!("outcrop/", env!("CARGO_PKG_VERSION")))
        // The server that was configured is the only one that is called.
        .redirect(redirect::Policy::none())
        // What the environment says of proxies is not meant for servers of this machine.
        .no_proxy()
        .tcp_nodelay(true);
    let builder = match &settings.proxy {
        Some(proxy) => builder.proxy(through(settings, proxy)?),
        None => builder,
    };
    let made = builder.build();
    made.map_err(|error| unusable(settings, cause(&error)))
}

fn unusable(settings: &BackendSettings, reason: String) -> BackendError {
    BackendError::Client {
        backend: settings.name().to_owned(),
        reason,
    }
}

/// The address of the server's API.
pub(crate) fn address(settings: &BackendSettings) -> Result<Url, BackendError> {
    let wrong = |reason: String| BackendError::Url {
        setting: settings.setting("url"),
        reason,
    };
    let url = Url::parse(&settings.url).map_err(|error| wrong(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(wrong(format!("its scheme is {}", url.scheme())));
    }
    if !url.username().is_empty() || url.password().is_some() {
        let key = settings.setting("api_key");
        return Err(wrong(format!(
            "it holds credentials, which belong into {key}"
        )));
    }
    Ok(url)
}

fn through(settings: &BackendSettings, proxy: &str) -> Result<Proxy, BackendError> {
    Proxy::all(proxy).map_err(|error| BackendError::Proxy {
        setting: settings.setting("proxy"),
        reason: cause(&error),
    })
}

fn headers(settings: &BackendSettings, auth: Auth) -> Result<HeaderMap, BackendError> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let accepted = HeaderValue::from_static("text/event-stream, application/json");
    headers.insert(ACCEPT, accepted);
    if auth == Auth::ApiKey {
        headers.insert("anthropic-version", HeaderValue::from_static("2023-06-01"));
    }
    if let Some(key) = &settings.api_key {
        let (name, value) = match auth {
            Auth::Bearer => (AUTHORIZATION, format!("Bearer {}", key.0)),
            Auth::ApiKey => (HeaderName::from_static("x-api-key"), key.0.clone()),
        };
        let value = secret(&value).ok_or_else(|| BackendError::ApiKey {
            setting: settings.setting("api_key"),
        })?;
        headers.insert(name, value);
    }
    for header in &settings.headers {
        let name = HeaderName::from_bytes(header.name.as_bytes()).ok();
        let (Some(name), Some(value)) = (name, secret(&header.value)) else {
            return Err(BackendError::Header {
                setting: settings.setting("headers"),
                name: header.name.clone(),
            });
        };
        headers.insert(name, value);
    }
    Ok(headers)
}

/// A value that no log shows.
fn secret(value: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// rustls with ring, and the certificates that the platform and the settings trust; none of these for
/// plain HTTP, so that a container without any can call a server beside it.
fn tls(settings: &BackendSettings, needed: bool) -> Result<ClientConfig, BackendError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|error| unusable(settings, error.to_string()))?;
    if !needed {
        let nobody = RootCertStore::empty();
        return Ok(builder.with_root_certificates(nobody).with_no_client_auth());
    }
    let verifier = Verifier::new_with_extra_roots(roots(settings)?, provider)
        .map_err(|error| unusable(settings, error.to_string()))?;
    // The verifier is the platform's own; only its place in the builder is called dangerous.
    Ok(builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

fn roots(settings: &BackendSettings) -> Result<Vec<CertificateDer<'static>>, BackendError> {
    let Some(pem) = &settings.tls_roots else {
        return Ok(Vec::new());
    };
    let wrong = |reason: String| BackendError::TlsRoots {
        setting: settings.setting("tls_roots"),
        reason,
    };
    let roots = CertificateDer::pem_slice_iter(pem.as_bytes());
    let roots: Vec<_> = roots
        .collect::<Result<_, _>>()
        .map_err(|error| wrong(error.to_string()))?;
    if roots.is_empty() {
        return Err(wrong("it holds no certificate".to_owned()));
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ApiKey, Header};

    fn named(url: &str) -> BackendSettings {
        BackendSettings {
            name: Some("a".to_owned()),
            ..BackendSettings::new(url)
        }
    }

    fn refusal(settings: &BackendSettings) -> String {
        let made = address(settings).and_then(|url| client(settings, &url, Auth::Bearer));
        made.unwrap_err().to_string()
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_setting() {
        let mut wrong = named("http://localhost/v1");
        wrong.api_key = Some(ApiKey("a\nb".to_owned()));
        assert!(refusal(&wrong).starts_with("`api_key` of `[backends.a]`"));
        let mut wrong = named("http://localhost/v1");
        wrong.headers = vec![Header {
            name: "x team".to_owned(),
            value: "canary".to_owned(),
        }];
        let message = refusal(&wrong);
        assert!(message.contains("x team") && !message.contains("canary"));
        let mut wrong = named("https://localhost/v1");
        wrong.tls_roots = Some("no certificate".to_owned());
        assert!(refusal(&wrong).starts_with("`tls_roots` of `[backends.a]`"));
        let mut wrong = named("http://localhost/v1");
        wrong.proxy = Some("::".to_owned());
        assert!(refusal(&wrong).starts_with("`proxy` of `[backends.a]`"));
        let message = refusal(&named("http://me:secret@localhost/v1"));
        assert!(message.contains("`api_key`") && !message.contains("secret@"));
    }

    #[test]
    fn headers_of_the_settings_win_and_are_secret() {
        let mut settings = named("http://localhost/v1");
        settings.api_key = Some(ApiKey("key".to_owned()));
        settings.headers = vec![Header {
            name: "Authorization".to_owned(),
            value: "Basic canary".to_owned(),
        }];
        let headers = headers(&settings, Auth::Bearer).unwrap();
        assert_eq!(headers[AUTHORIZATION], "Basic canary");
        assert!(!format!("{headers:?}").contains("canary"));
    }
}
