//! The layer that finds the operation, mends the path and answers where there is no operation.

use std::{
    convert::Infallible,
    future::{self, Ready},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use futures_util::future::Either;
use http::{HeaderValue, Request, Response, StatusCode, Uri, header, uri::PathAndQuery};
use pin_project_lite::pin_project;
use tower::{Layer, Service};

use super::{
    operation::OperationName,
    table::{Resolution, RouteTable},
};
use crate::error::WireError;

/// Request extension: path and query as the client sent them, present where the layers changed the path.
///
/// A signature covers the target as sent, so whatever checks one after this layer must use this.
#[derive(Debug, Clone)]
pub struct RawTarget(pub PathAndQuery);

/// Finds the operation of each request. See the module.
#[derive(Debug, Clone)]
pub struct RouteLayer {
    table: Arc<RouteTable>,
}

impl RouteLayer {
    /// Routes by the given table.
    #[must_use]
    pub fn new(table: Arc<RouteTable>) -> Self {
        Self { table }
    }
}

impl<S> Layer<S> for RouteLayer {
    type Service = RouteService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let table = Arc::clone(&self.table);
        RouteService { inner, table }
    }
}

/// The service of [`RouteLayer`].
#[derive(Debug, Clone)]
pub struct RouteService<S> {
    inner: S,
    table: Arc<RouteTable>,
}

impl<S> Service<Request<Body>> for RouteService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Either<RouteFuture<S::Future>, Ready<Result<Response<BoxBody>, Infallible>>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let uri = request.uri();
        match self
            .table
            .resolve(request.method(), uri.path(), uri.query())
        {
            Resolution::Found(operation, path) => {
                if let Some(path) = path {
                    rewrite(&mut request, path);
                }
                request.extensions_mut().insert(operation.clone());
                let inner = self.inner.call(request);
                Either::Left(RouteFuture { inner, operation })
            }
            Resolution::WrongMethod(methods) => {
                Either::Right(future::ready(Ok(wrong_method(&request, &methods))))
            }
            Resolution::Unknown => Either::Right(future::ready(Ok(unknown(&request)))),
        }
    }
}

pin_project! {
    /// The future of [`RouteService`].
    pub struct RouteFuture<F> {
        #[pin]
        inner: F,
        operation: OperationName,
    }
}

impl<F> Future for RouteFuture<F>
where
    F: Future<Output = Result<Response<BoxBody>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut answer = ready!(this.inner.poll(context));
        if let Ok(response) = &mut answer {
            response.extensions_mut().insert(this.operation.clone());
        }
        Poll::Ready(answer)
    }
}

fn rewrite(request: &mut Request<Body>, mut path: String) {
    let uri = request.uri();
    if let Some(query) = uri.query() {
        path.push('?');
        path.push_str(query);
    }
    let raw = uri.path_and_query().cloned();
    let mut parts = uri.clone().into_parts();
    // Made of parts of a valid target, so it is one; if not, the path stays as it was and is not found.
    if let Ok(target) = PathAndQuery::try_from(path) {
        parts.path_and_query = Some(target);
    }
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
        if let Some(raw) = raw {
            request.extensions_mut().insert(RawTarget(raw));
        }
    }
}

fn unknown(request: &Request<Body>) -> Response<BoxBody> {
    let message = format!(
        "No operation of Amazon Bedrock has the route {} {}. Check the path and the endpoint that the client is \
         configured with.",
        request.method(),
        request.uri().path()
    );
    WireError::unknown_operation(message).into_response()
}

fn wrong_method(request: &Request<Body>, methods: &[http::Method]) -> Response<BoxBody> {
    let methods = methods
        .iter()
        .map(http::Method::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    let message = format!(
        "The route {} does not take the method {}. It takes {methods}.",
        request.uri().path(),
        request.method()
    );
    let error = WireError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "UnknownOperationException",
        message,
    );
    let mut response = error.into_response();
    if let Ok(methods) = HeaderValue::try_from(methods) {
        response.headers_mut().insert(header::ALLOW, methods);
    }
    response
}

#[cfg(test)]
mod tests {
    use tower::service_fn;

    use super::*;
    use crate::testing::{Answer, answer, get, post, routes};

    async fn route(request: Request<Body>) -> Answer {
        let inner = service_fn(|request: Request<Body>| async move {
            let raw = request
                .extensions()
                .get::<RawTarget>()
                .map(|raw| raw.0.to_string());
            let operation = request
                .extensions()
                .get::<OperationName>()
                .expect("is set")
                .as_str();
            let seen = format!("{operation} {} {}", request.uri(), raw.unwrap_or_default());
            Ok(Response::new(aws_smithy_http_server::body::to_boxed(seen)))
        });
        answer(RouteLayer::new(routes()).layer(inner), request).await
    }

    #[tokio::test]
    async fn operation_is_told() {
        assert_eq!(
            route(get("/things?maxResults=3")).await.text(),
            "ListThings /things?maxResults=3 "
        );
    }

    #[tokio::test]
    async fn rewritten_path_keeps_the_target_as_sent() {
        let answer = route(get("/v1/things/arn:a/b?x=%2F")).await;
        assert_eq!(
            answer.text(),
            "GetThing /things/arn:a%2Fb?x=%2F /v1/things/arn:a/b?x=%2F"
        );
    }

    #[tokio::test]
    async fn unknown_route_and_wrong_method_are_told_apart() {
        let unknown = route(post("/chat/completions", "{}")).await;
        assert_eq!(unknown.status, 404);
        assert!(
            unknown.message().contains("POST /chat/completions"),
            "{}",
            unknown.text()
        );
        let wrong = route(get("/model/a.b/converse")).await;
        assert_eq!((wrong.status, wrong.header("allow")), (405, Some("POST")));
        assert!(
            wrong.message().contains("It takes POST"),
            "{}",
            wrong.text()
        );
    }
}
