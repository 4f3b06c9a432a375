//! The layer that reads and keeps request bodies.

use std::{
    convert::Infallible,
    mem,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use aws_smithy_http_server::body::{Body, BoxBody};
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, Version, header};
use http_body::Body as _;
use tower::{Layer, Service};

use super::{
    budget::{Budget, Reservation},
    read::{ReadError, read},
};
use crate::{
    error::WireError,
    held::hold,
    limits::Limits,
    route::{BodyKind, OperationName, RoutedOperation},
    validate,
};

/// Request extension: the body as the client sent it, empty where there is none.
///
/// Absent on requests whose body is an event stream.
#[derive(Debug, Clone)]
pub struct RawBody(pub Bytes);

/// Reads request bodies and keeps them.
#[derive(Debug, Clone)]
pub struct CollectLayer {
    reader: Reader,
}

#[derive(Debug, Clone)]
struct Reader {
    budget: Budget,
    limit: usize,
    deadline: Duration,
}

impl CollectLayer {
    /// Reads within the limits. Clones of the layer share the memory budget.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let reader = Reader {
            budget: Budget::new(limits.body_memory, limits.body_memory_wait),
            limit: limits.body_bytes,
            deadline: limits.body_read,
        };
        Self { reader }
    }
}

impl<S> Layer<S> for CollectLayer {
    type Service = CollectService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let reader = self.reader.clone();
        CollectService { inner, reader }
    }
}

/// The service of [`CollectLayer`].
#[derive(Debug, Clone)]
pub struct CollectService<S> {
    inner: S,
    reader: Reader,
}

impl<S> Service<Request<Body>> for CollectService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<BoxBody>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        let operation = request
            .extensions()
            .get()
            .map(|OperationName(operation)| operation.clone());
        let Some(operation) = operation.filter(|operation| operation.body != BodyKind::Stream)
        else {
            return Box::pin(inner.call(request));
        };
        let reader = self.reader.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            let (bytes, reservation) = match reader.read(&operation, body).await {
                Ok(read) => read,
                Err(error) => return Ok(closing(error, parts.version)),
            };
            // The generated code reads the body, not its framing.
            parts.headers.remove(header::TRANSFER_ENCODING);
            parts.extensions.insert(RawBody(bytes.clone()));
            let response = inner
                .call(Request::from_parts(parts, Body::from_bytes(bytes)))
                .await?;
            Ok(hold(response, reservation))
        })
    }
}

impl Reader {
    async fn read(
        &self,
        operation: &RoutedOperation,
        body: Body,
    ) -> Result<(Bytes, Option<Reservation>), WireError> {
        if body.is_end_stream() {
            return Ok((Bytes::new(), None));
        }
        let announced = body.size_hint();
        if announced.lower() > self.limit as u64 {
            return Err(too_large(operation, self.limit));
        }
        let announced = usize::try_from(announced.lower()).unwrap_or(self.limit);
        let mut reservation = self.budget.reserve(announced).await?;
        let reading = read(body, self.limit, &self.budget, &mut reservation);
        let read = tokio::time::timeout(self.deadline, reading).await;
        match read.map_err(|_| too_slow(self.deadline))? {
            Ok(bytes) => Ok((bytes, Some(reservation))),
            Err(ReadError::TooLarge) => Err(too_large(operation, self.limit)),
            Err(ReadError::NoMemory(error)) => Err(error),
            Err(ReadError::Broken(error)) => {
                tracing::debug!(%error, operation = operation.name, "request body ended early");
                Err(WireError::serialization(
                    "The request body ended before all of it was sent.",
                ))
            }
        }
    }
}

/// The answer to a request whose body was not read to its end. No other request can follow on its connection, so the
/// client is told; over HTTP/2 only the stream ends.
fn closing(error: WireError, version: Version) -> Response<BoxBody> {
    let mut response = error.into_response();
    if version < Version::HTTP_2 {
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    response
}

/// A body over the limit. Where the body is one member with a length of its own, the service names the member.
fn too_large(operation: &RoutedOperation, limit: usize) -> WireError {
    validate::payload_too_large(operation, limit).unwrap_or_else(|| {
        let message = format!("The request body is longer than {limit} bytes. Send a shorter one.");
        WireError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "RequestEntityTooLargeException",
            message,
        )
    })
}

fn too_slow(deadline: Duration) -> WireError {
    let seconds = deadline.as_secs_f64();
    let message =
        format!("The request body was not sent within {seconds} seconds. Try your request again.");
    WireError::new(
        StatusCode::REQUEST_TIMEOUT,
        "RequestTimeoutException",
        message,
    )
}

#[cfg(test)]
mod tests;
