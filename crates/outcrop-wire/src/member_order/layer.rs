//! The layer that sorts whole answers. Streams are sorted frame by frame, in `event_stream`.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{Body, BoxBody, boxed};
use bytes::Bytes;
use http::{Request, Response, header};
use http_body_util::{BodyExt, Full};
use tower::{Layer, Service};

use super::{NullMembers, sorted, written};
use crate::route::OperationName;

/// Sorts the members of the service's own JSON answers, and adds those that are null.
#[derive(Debug, Clone, Default)]
pub struct MemberOrderLayer {
    nulls: Arc<NullMembers>,
}

impl MemberOrderLayer {
    /// One that adds these members.
    #[must_use]
    pub fn new(nulls: Arc<NullMembers>) -> Self {
        Self { nulls }
    }
}

impl<S> Layer<S> for MemberOrderLayer {
    type Service = MemberOrderService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let nulls = Arc::clone(&self.nulls);
        MemberOrderService { inner, nulls }
    }
}

/// The service of [`MemberOrderLayer`].
#[derive(Debug, Clone)]
pub struct MemberOrderService<S> {
    inner: S,
    nulls: Arc<NullMembers>,
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
        let operation = request.extensions().get::<OperationName>().cloned();
        // A body that is one member's value is in a format of its own, in both directions.
        let ours = operation.filter(|operation| operation.0.entry().payload.is_none());
        let answer = self.inner.call(request);
        let Some(operation) = ours else {
            return Box::pin(answer);
        };
        let nulls = Arc::clone(&self.nulls);
        Box::pin(async move {
            let response = answer.await?;
            if !is_json(&response) {
                return Ok(response);
            }
            let success = response.status().is_success();
            let nulls = nulls.of(operation.as_str()).filter(|_| success);
            Ok(match nulls {
                Some(nulls) => rewrite(response, |body| written(body, nulls)).await,
                None => rewrite(response, sorted).await,
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
async fn rewrite(
    response: Response<BoxBody>,
    change: impl FnOnce(&[u8]) -> Option<Vec<u8>>,
) -> Response<BoxBody> {
    let (mut head, body) = response.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) => {
            tracing::error!(%error, "an answer in memory cannot be read");
            Bytes::new()
        }
    };
    let body = match change(&body) {
        Some(changed) => {
            // Set anew outside, where it is set for every answer.
            head.headers.remove(header::CONTENT_LENGTH);
            Bytes::from(changed)
        }
        None => body,
    };
    Response::from_parts(head, boxed(Full::new(body)))
}
