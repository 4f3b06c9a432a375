//! The layers, top to bottom.

use std::{convert::Infallible, sync::Arc};

use aws_smithy_http_server::body::{Body, BoxBody};
use bytes::Bytes;
use http::{Request, Response};
use tower::{Service, ServiceBuilder};

use crate::{
    answer_headers::AnswerHeadersLayer,
    caller::CallerLayer,
    collect::CollectLayer,
    deadline::DeadlineLayer,
    dispatch::Dispatch,
    envelope::EnvelopeLayer,
    event_stream::EventStreamLayer,
    in_flight::InFlightLayer,
    limits::Limits,
    member_order::{MemberOrderLayer, NullMembers},
    negotiate::NegotiateLayer,
    panic::CatchPanicLayer,
    request_id::RequestIdLayer,
    route::{RouteLayer, RouteTable},
    validate::ValidateLayer,
};

/// What the layers are made with.
#[derive(Debug, Clone)]
pub struct StackSettings {
    /// The routes of the runtime and of the control plane, in this order.
    pub routes: Arc<RouteTable>,
    /// Members that answers have as null where they say nothing.
    pub nulls: Arc<NullMembers>,
    /// The region of callers whose credentials name none.
    pub region: String,
    /// Limits and deadlines.
    pub limits: Limits,
}

/// Everything between a connection and the two generated services.
///
/// `Connection` is the body of the requests that come in. The service is cheap to clone, and always ready.
pub fn stack<Connection, Runtime, Control>(
    settings: &StackSettings,
    runtime: Runtime,
    control: Control,
) -> impl Service<Request<Connection>, Response = Response<BoxBody>, Error = Infallible, Future: Send>
+ Clone
+ Send
+ use<Connection, Runtime, Control>
where
    Connection: http_body::Body<Data = Bytes> + Send + Sync + 'static,
    Connection::Error: Into<aws_smithy_http_server::error::BoxError>,
    Runtime: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible, Future: Send>
        + Clone
        + Send
        + 'static,
    Control: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible, Future: Send>
        + Clone
        + Send
        + 'static,
{
    let limits = &settings.limits;
    ServiceBuilder::new()
        // One type of body from here on.
        .map_request(|request: Request<Connection>| request.map(Body::new))
        // `x-amzn-RequestId` on everything that goes out.
        .layer(RequestIdLayer)
        .layer(AnswerHeadersLayer)
        // Errors from anywhere below leave in the service's envelope.
        .layer(EnvelopeLayer)
        // Metrics belong here: every answer passes, with its operation in the extensions.
        // Too much at once is refused before anything is read.
        .layer(InFlightLayer::new(limits.in_flight))
        .layer(DeadlineLayer::new(limits.answer))
        .layer(CatchPanicLayer)
        // Who calls. A check of signatures belongs right below: method, target and headers are still as received.
        .layer(CallerLayer::new(&settings.region))
        // Which operation. From here on base paths are gone and the slashes of ARNs are encoded.
        .layer(RouteLayer::new(Arc::clone(&settings.routes)))
        .layer(NegotiateLayer)
        .layer(CollectLayer::new(limits))
        .layer(ValidateLayer)
        .layer(EventStreamLayer::new(limits.stream_idle))
        .layer(MemberOrderLayer::new(Arc::clone(&settings.nulls)))
        .service(Dispatch::new(runtime, control))
}

#[cfg(test)]
mod tests;
