//! The way of a request, from the socket inwards.

use std::convert::Infallible;

use aws_smithy_http_server::body::{Body, BoxBody, to_boxed};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use tokio_util::sync::CancellationToken;
use tower::{ServiceBuilder, util::BoxCloneSyncService};

use crate::{config::Settings, health::OwnPaths, request_log::LogRequests};

/// Everything that answers requests.
pub type App = BoxCloneSyncService<Request<Body>, Response<BoxBody>, Infallible>;

/// Builds what answers requests, from the outside inwards. `draining` is cancelled when the server stops.
#[must_use]
pub fn app(_settings: &Settings, draining: CancellationToken) -> App {
    let service = ServiceBuilder::new()
        // One line per request, whoever answers it.
        .layer_fn(LogRequests::new)
        // `/_outcrop/…` is not AWS's, so it is not held to AWS's conventions.
        .layer_fn(move |inner| OwnPaths::new(inner, draining.clone()))
        .service(bedrock());
    BoxCloneSyncService::new(service)
}

/// Stands where both services will be.
fn bedrock() -> App {
    BoxCloneSyncService::new(tower::service_fn(|request: Request<Body>| async move {
        // The body is read so that a client that is still sending it hears the answer.
        let read = request.into_body().collect().await;
        let mut response = Response::new(to_boxed(r#"{"message":"No operation is served yet."}"#));
        *response.status_mut() = if read.is_ok() {
            StatusCode::NOT_IMPLEMENTED
        } else {
            StatusCode::BAD_REQUEST
        };
        Ok(response)
    }))
}
