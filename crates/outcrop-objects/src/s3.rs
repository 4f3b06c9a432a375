//! An S3 endpoint: AWS's own, or one that speaks as it does.

use std::{fmt, sync::Arc, time::Duration};

use object_store::{
    ClientOptions, ObjectStore, RetryConfig,
    aws::{AmazonS3, AmazonS3Builder},
    client::{HttpClient, HttpConnector},
};
use rustls::ClientConfig;
use rustls_platform_verifier::BuilderVerifierExt;

use crate::ObjectsError;

const CONNECT: Duration = Duration::from_secs(5);
/// How long an answer may pause.
const READ: Duration = Duration::from_secs(30);
const RETRIES: usize = 3;
const RETRY_TIME: Duration = Duration::from_secs(20);

/// Where the endpoint is, and what it is told about who asks.
#[derive(Debug, Clone)]
pub struct S3Settings {
    /// For instance `http://localhost:9000`. `None` is AWS.
    pub endpoint: Option<String>,
    /// For instance `us-east-1`.
    pub region: String,
    /// `None` asks without a signature, as for public buckets.
    pub keys: Option<S3Keys>,
}

/// Whose requests they are.
#[derive(Clone)]
pub struct S3Keys {
    /// The access key's id.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
    /// The session token of temporary keys.
    pub session_token: Option<String>,
}

impl fmt::Debug for S3Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3Keys")
            .field("access_key_id", &self.access_key_id)
            .finish_non_exhaustive()
    }
}

/// One client for all buckets.
#[derive(Debug, Clone)]
pub(crate) struct Endpoint {
    settings: S3Settings,
    client: Client,
}

impl Endpoint {
    pub(crate) fn new(settings: S3Settings) -> Result<Self, ObjectsError> {
        let place = place(&settings);
        let unusable = |why: String| ObjectsError::Unavailable {
            place: place.clone(),
            why,
        };
        let tls = tls(&settings).map_err(|error| unusable(error.to_string()))?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .connect_timeout(CONNECT)
            .read_timeout(READ)
            .build()
            .map_err(|error| unusable(error.to_string()))?;
        Ok(Self {
            settings,
            client: Client(client),
        })
    }

    /// What messages call it.
    pub(crate) fn place(&self) -> String {
        place(&self.settings)
    }

    pub(crate) fn bucket(&self, name: &str) -> Result<Arc<dyn ObjectStore>, ObjectsError> {
        let built = self.build(name).map_err(|error| {
            let why = format!("{error}; look at its settings");
            ObjectsError::Unavailable {
                place: self.place(),
                why,
            }
        });
        Ok(Arc::new(built?))
    }

    fn build(&self, bucket: &str) -> object_store::Result<AmazonS3> {
        let retry = RetryConfig {
            max_retries: RETRIES,
            retry_timeout: RETRY_TIME,
            ..RetryConfig::default()
        };
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(bucket)
            .with_region(&self.settings.region)
            .with_client_options(ClientOptions::new().with_allow_http(true))
            .with_retry(retry)
            .with_http_connector(self.client.clone());
        if let Some(endpoint) = &self.settings.endpoint {
            builder = builder.with_endpoint(endpoint.trim_end_matches('/'));
        }
        match &self.settings.keys {
            // Without this the library asks the machine's metadata service for keys.
            None => builder = builder.with_skip_signature(true),
            Some(keys) => {
                builder = builder
                    .with_access_key_id(&keys.access_key_id)
                    .with_secret_access_key(&keys.secret_access_key);
                if let Some(token) = &keys.session_token {
                    builder = builder.with_token(token);
                }
            }
        }
        builder.build()
    }
}

fn place(settings: &S3Settings) -> String {
    settings
        .endpoint
        .clone()
        .unwrap_or_else(|| format!("S3 in {}", settings.region))
}

/// rustls with ring, and the platform's certificates; none for plain HTTP, so that a container without any works.
fn tls(settings: &S3Settings) -> Result<ClientConfig, rustls::Error> {
    let builder =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()?;
    if settings
        .endpoint
        .as_ref()
        .is_some_and(|endpoint| endpoint.starts_with("http://"))
    {
        return Ok(builder
            .with_root_certificates(rustls::RootCertStore::empty())
            .with_no_client_auth());
    }
    Ok(builder.with_platform_verifier()?.with_no_client_auth())
}

/// Gives the library this client instead of one of its own, which would have no TLS provider.
#[derive(Debug, Clone)]
struct Client(reqwest::Client);

impl HttpConnector for Client {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.0.clone()))
    }
}
