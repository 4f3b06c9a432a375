//! The SDK's HTTP client as a call of the service.

use aws_sdk_bedrockruntime::config::SharedHttpClient;
use aws_smithy_http_server::body::Body;
use aws_smithy_runtime_api::client::{
    http::{
        HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
    },
    orchestrator::{HttpRequest, HttpResponse},
    result::ConnectorError,
};
use aws_smithy_types::body::SdkBody;
use outcrop::{App, Settings};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

#[derive(Debug, Clone)]
struct InProcess(App);

#[expect(clippy::expect_used, reason = "a test helper: without a service there is no test")]
pub(crate) fn http_client() -> SharedHttpClient {
    let app = outcrop::app(&Settings::default(), CancellationToken::new());
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
            HttpResponse::try_from(response.map(SdkBody::from_body_1_x))
                .map_err(|error| ConnectorError::other(error.into(), None))
        })
    }
}
