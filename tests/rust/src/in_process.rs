//! The SDK's HTTP client as a call of the service.

use aws_sdk_bedrockruntime::config::SharedHttpClient;
use aws_smithy_http_server::body::Body;
use aws_smithy_runtime_api::client::{
    http::{HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn},
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
};
use aws_smithy_types::body::SdkBody;
use http::Response;
use http_body_util::BodyExt as _;
use outcrop::{
    App,
    config::{self, Sources},
};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

#[derive(Debug, Clone)]
struct InProcess(App);

#[expect(
    clippy::expect_used,
    reason = "a test helper: without a service there is no test"
)]
pub(crate) fn http_client() -> SharedHttpClient {
    let defaults = config::resolve(&Sources::default()).expect("the defaults are values");
    let app = outcrop::app(&defaults.settings, CancellationToken::new());
    let connector = SharedHttpConnector::new(InProcess(app.expect("the service is built")));
    http_client_fn(move |_, _| connector.clone())
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let app = self.0.clone();
        HttpConnectorFuture::new(async move {
            let request = request
                .try_into_http1x()
                .map_err(|error| ConnectorError::user(error.into()))?
                .map(Body::new);
            let Ok(response) = app.oneshot(request).await;
            let (head, body) = response.into_parts();
            // The service's bodies are not `Sync`, which the SDK asks of a body that comes in pieces.
            let body = body
                .collect()
                .await
                .map_err(|error| ConnectorError::io(error.into()))?;
            HttpResponse::try_from(Response::from_parts(head, SdkBody::from(body.to_bytes())))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}
