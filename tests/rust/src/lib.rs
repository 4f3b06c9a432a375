//! The official SDK for Rust, pointed at Outcrop in two ways: at the service itself, without a socket, and
//! at a running binary.

mod in_process;
mod over_a_socket;

use aws_sdk_bedrockruntime::config::{Credentials, Region, SharedHttpClient};

pub use over_a_socket::Binary;

/// Clients of both services.
#[derive(Debug, Clone)]
pub struct Clients {
    /// Bedrock Runtime.
    pub runtime: aws_sdk_bedrockruntime::Client,
    /// The control plane.
    pub control: aws_sdk_bedrock::Client,
}

impl Clients {
    /// Clients that call the service as a function.
    ///
    /// # Panics
    ///
    /// When the service cannot be built.
    #[must_use]
    pub fn in_process() -> Self {
        Self::new(in_process::http_client(), "http://in-process.invalid")
    }

    fn new(http: SharedHttpClient, endpoint: &str) -> Self {
        let credentials = Credentials::new("000000000000", "secret", None, None, "tests");
        let region = Region::new("us-east-1");
        let runtime = aws_sdk_bedrockruntime::Config::builder()
            .behavior_version_latest()
            .http_client(http.clone())
            .endpoint_url(endpoint)
            .credentials_provider(credentials.clone())
            .region(region.clone())
            .build();
        let control = aws_sdk_bedrock::Config::builder()
            .behavior_version_latest()
            .http_client(http)
            .endpoint_url(endpoint)
            .credentials_provider(credentials)
            .region(region)
            .build();
        Self {
            runtime: aws_sdk_bedrockruntime::Client::from_conf(runtime),
            control: aws_sdk_bedrock::Client::from_conf(control),
        }
    }
}
