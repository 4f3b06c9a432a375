//! `Content-Type` and `Accept`: lenient where the service is.
//!
//! A JSON operation takes a missing content type, or one with parameters. Any other type is refused with a 415. The
//! service ignores `Accept` (recorded: a stream asked for with `application/json` is answered 200), while the generated
//! code compares it with the answer's type; so it is removed, unless it is a member of the operation's input.

use std::{
    convert::Infallible,
    future::{Ready, ready},
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use futures_util::future::Either;
use http::{HeaderMap, HeaderValue, Request, Response, StatusCode, header};
use tower::{Layer, Service};

use crate::{
    error::WireError,
    route::{BodyKind, OperationName, RoutedOperation},
};

const JSON: &str = "application/json";

/// Makes content type and `Accept` what the generated code expects.
#[derive(Debug, Clone, Copy, Default)]
pub struct NegotiateLayer;

impl<S> Layer<S> for NegotiateLayer {
    type Service = NegotiateService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        NegotiateService { inner }
    }
}

/// The service of [`NegotiateLayer`].
#[derive(Debug, Clone)]
pub struct NegotiateService<S> {
    inner: S,
}

impl<S> Service<Request<Body>> for NegotiateService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Either<S::Future, Ready<Result<Response<BoxBody>, Infallible>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        if let Some(OperationName(operation)) = request.extensions().get().cloned()
            && let Err(error) = negotiate(&operation, request.headers_mut())
        {
            return Either::Right(ready(Ok(error.into_response())));
        }
        Either::Left(self.inner.call(request))
    }
}

fn negotiate(operation: &RoutedOperation, headers: &mut HeaderMap) -> Result<(), WireError> {
    if !operation.binds_accept() {
        headers.remove(header::ACCEPT);
    }
    match operation.body {
        BodyKind::Json => json_content_type(operation, headers),
        BodyKind::None => {
            headers.remove(header::CONTENT_TYPE);
            Ok(())
        }
        BodyKind::Blob | BodyKind::Stream => Ok(()),
    }
}

fn json_content_type(
    operation: &RoutedOperation,
    headers: &mut HeaderMap,
) -> Result<(), WireError> {
    let sent = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    if sent == Some(JSON.as_bytes()) {
        return Ok(());
    }
    let sent = String::from_utf8_lossy(sent.unwrap_or_default());
    let essence = sent.split(';').next().unwrap_or_default().trim();
    if essence.is_empty() || essence.eq_ignore_ascii_case(JSON) {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
        return Ok(());
    }
    let name = &operation.name;
    let message = format!("The operation {name} takes the Content-Type {JSON}, not {essence}.");
    let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    Err(WireError::new(
        status,
        "UnsupportedMediaTypeException",
        message,
    ))
}

#[cfg(test)]
mod tests {
    use tower::service_fn;

    use super::*;
    use crate::{
        route::RouteLayer,
        testing::{Answer, answer, routes},
    };

    async fn seen(method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::empty()).expect("a valid request");
        let inner = service_fn(|request: Request<Body>| async move {
            let seen = |name| {
                request
                    .headers()
                    .get(name)
                    .map_or("-", |value| value.to_str().unwrap_or("?"))
            };
            let seen = format!("{} {}", seen("content-type"), seen("accept"));
            Ok(Response::new(aws_smithy_http_server::body::to_boxed(seen)))
        });
        answer(
            RouteLayer::new(routes()).layer(NegotiateLayer.layer(inner)),
            request,
        )
        .await
    }

    #[tokio::test]
    async fn json_operations_are_lenient() {
        let converse = "/model/a.b/converse-stream";
        for sent in [
            "",
            "application/json",
            "application/json; charset=utf-8",
            "Application/JSON",
        ] {
            let answer = seen(
                "POST",
                converse,
                &[("content-type", sent), ("accept", "text/event-stream")],
            )
            .await;
            assert_eq!(answer.text(), "application/json -", "{sent}");
        }
        assert_eq!(
            seen("POST", converse, &[]).await.text(),
            "application/json -"
        );
    }

    #[tokio::test]
    async fn other_types_are_refused() {
        let answer = seen(
            "POST",
            "/model/a.b/converse",
            &[("content-type", "text/plain")],
        )
        .await;
        assert_eq!(answer.status, 415);
        assert_eq!(
            answer.message(),
            "The operation Converse takes the Content-Type application/json, not text/plain."
        );
    }

    #[tokio::test]
    async fn modeled_headers_stay() {
        let headers = [
            ("content-type", "application/json"),
            ("accept", "image/png"),
        ];
        assert_eq!(
            seen("POST", "/model/a.b/invoke", &headers).await.text(),
            "application/json image/png"
        );
    }

    #[tokio::test]
    async fn operations_without_body_have_no_type() {
        assert_eq!(
            seen("GET", "/things", &[("content-type", "application/json")])
                .await
                .text(),
            "- -"
        );
    }
}
