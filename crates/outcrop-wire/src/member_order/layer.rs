//! The layer that sorts whole answers. Streams are sorted frame by frame, in `event_stream`.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{Body, BoxBody, boxed};
use bytes::Bytes;
use http::{Request, Response, header};
use http_body_util::{BodyExt, Full};
use tower::{Layer, Service};

use super::sorted;
use crate::route::OperationName;

/// Sorts the members of the service's own JSON answers.
#[derive(Debug, Clone, Copy, Default)]
pub struct MemberOrderLayer;

impl<S> Layer<S> for MemberOrderLayer {
    type Service = MemberOrderService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        MemberOrderService { inner }
    }
}

/// The service of [`MemberOrderLayer`].
#[derive(Debug, Clone)]
pub struct MemberOrderService<S> {
    inner: S,
}

impl<S> Service<Request<Body>> for MemberOrderService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response<BoxBody>, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let operation = request.extensions().get::<OperationName>();
        // A body that is one member's value is in a format of its own, in both directions.
        let ours = operation.is_some_and(|operation| operation.0.entry().payload.is_none());
        let answer = self.inner.call(request);
        if !ours {
            return Box::pin(answer);
        }
        Box::pin(async move {
            let response = answer.await?;
            Ok(if is_json(&response) {
                sort(response).await
            } else {
                response
            })
        })
    }
}

fn is_json(response: &Response<BoxBody>) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value == "application/json")
}

/// Whole answers are in memory already, so that nothing is waited for here.
async fn sort(response: Response<BoxBody>) -> Response<BoxBody> {
    let (mut head, body) = response.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) => {
            tracing::error!(%error, "an answer in memory cannot be read");
            Bytes::new()
        }
    };
    let body = match sorted(&body) {
        Some(sorted) => {
            // Set anew outside, where it is set for every answer.
            head.headers.remove(header::CONTENT_LENGTH);
            Bytes::from(sorted)
        }
        None => body,
    };
    Response::from_parts(head, boxed(Full::new(body)))
}
