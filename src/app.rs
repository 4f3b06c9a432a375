//! The way of a request, from the socket inwards.

use std::{convert::Infallible, sync::Arc};

use aws_smithy_http_server::body::{Body, BoxBody};
use bedrock_runtime_smithy::{AmazonBedrockFrontendService, AmazonBedrockFrontendServiceConfig};
use bedrock_smithy::{AmazonBedrockControlPlaneService, AmazonBedrockControlPlaneServiceConfig};
use http::{Request, Response};
use outcrop_wire::{StackSettings, stack};
use tokio_util::sync::CancellationToken;
use tower::{ServiceBuilder, util::BoxCloneSyncService};

use crate::{
    config::Settings,
    health::OwnPaths,
    models::{self, ModelsError},
    request_log::LogRequests,
    routes::{self, RoutesError},
};

/// Everything that answers requests.
pub type App = BoxCloneSyncService<Request<Body>, Response<BoxBody>, Infallible>;

/// Why there is nothing to answer requests.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The routes that come with the binary cannot be used.
    #[error(transparent)]
    Routes(#[from] RoutesError),
    /// The models cannot be read.
    #[error(transparent)]
    Models(#[from] ModelsError),
}

/// Builds what answers requests, from the outside inwards. `draining` is cancelled when the server stops.
pub fn app(settings: &Settings, draining: CancellationToken) -> Result<App, AppError> {
    let _catalogue = models::catalogue(settings.models.as_deref())?;
    let runtime = AmazonBedrockFrontendService::builder::<Body, _, _, _>(
        AmazonBedrockFrontendServiceConfig::builder().build(),
    );
    let control = AmazonBedrockControlPlaneService::builder::<Body, _, _, _>(
        AmazonBedrockControlPlaneServiceConfig::builder().build(),
    );
    let wire = StackSettings {
        routes: Arc::new(routes::routes()?),
        region: settings.region.0.clone(),
        limits: limits(settings),
    };
    let service = ServiceBuilder::new()
        // One line per request, whoever answers it.
        .layer_fn(LogRequests::new)
        // `/_outcrop/…` is not AWS's, so it is not held to AWS's conventions.
        .layer_fn(move |inner| OwnPaths::new(inner, draining.clone()))
        // The conventions of AWS, then the generated services.
        .service(stack(
            &wire,
            runtime.build_unchecked(),
            control.build_unchecked(),
        ));
    Ok(BoxCloneSyncService::new(service))
}

fn limits(settings: &Settings) -> outcrop_wire::Limits {
    outcrop_wire::Limits {
        in_flight: settings.max_in_flight.get(),
        body_memory: settings.body_memory.0,
        body_read: settings.body_deadline,
        answer: settings.answer_deadline,
        stream_idle: settings.stream_idle_timeout,
        ..outcrop_wire::Limits::default()
    }
}
