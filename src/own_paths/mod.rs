//! The server's own paths, under `/_outcrop/`.
//!
//! | path | answer |
//! |---|---|
//! | `GET /_outcrop/health` | 200 `{"status":"ok","version":…}`; 503 with `"draining"` once the server is stopping |
//! | `GET /_outcrop/metrics` | 200, every metric in the text format of `OpenMetrics` |
//! | any other | 404 |

use std::{
    convert::Infallible,
    future::{Ready, ready},
    sync::Arc,
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{Body, BoxBody, to_boxed};
use futures_util::future::Either;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use outcrop_telemetry::{CONTENT_TYPE, Metrics};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;
use tower::Service;

/// Where every path of the server's own starts.
const PREFIX: &str = "/_outcrop/";

/// Answers the server's own paths itself, and leaves the others to the inner service.
#[derive(Debug, Clone)]
pub(crate) struct OwnPaths<S> {
    inner: S,
    told: Told,
}

/// What the answers tell of.
#[derive(Debug, Clone)]
struct Told {
    draining: CancellationToken,
    metrics: Arc<Metrics>,
}

impl<S> OwnPaths<S> {
    /// `draining` is cancelled when the server stops accepting requests.
    pub(crate) fn new(inner: S, draining: CancellationToken, metrics: Arc<Metrics>) -> Self {
        let told = Told { draining, metrics };
        Self { inner, told }
    }
}

impl<S> Service<Request<Body>> for OwnPaths<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Either<Ready<Result<Response<BoxBody>, Infallible>>, S::Future>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        if request.uri().path().starts_with(PREFIX) {
            let response = answer(request.method(), request.uri().path(), &self.told);
            return Either::Left(ready(Ok(response)));
        }
        Either::Right(self.inner.call(request))
    }
}

fn answer(method: &Method, path: &str, told: &Told) -> Response<BoxBody> {
    let reads = matches!(*method, Method::GET | Method::HEAD);
    match path.strip_prefix(PREFIX) {
        Some("health" | "metrics") if !reads => not_allowed(),
        Some("health") => health(told.draining.is_cancelled()),
        Some("metrics") => metrics(&told.metrics),
        _ => json_response(
            StatusCode::NOT_FOUND,
            &json!({
                "message":
                    "No such path. The server's own paths are: /_outcrop/health, /_outcrop/metrics"
            }),
        ),
    }
}

fn not_allowed() -> Response<BoxBody> {
    let body = json!({ "message": "Use GET." });
    let mut response = json_response(StatusCode::METHOD_NOT_ALLOWED, &body);
    let allowed = HeaderValue::from_static("GET, HEAD");
    response.headers_mut().insert(header::ALLOW, allowed);
    response
}

fn metrics(metrics: &Metrics) -> Response<BoxBody> {
    let mut response = Response::new(to_boxed(metrics.text()));
    let kind = HeaderValue::from_static(CONTENT_TYPE);
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}

fn health(draining: bool) -> Response<BoxBody> {
    let (status, word) = if draining {
        (StatusCode::SERVICE_UNAVAILABLE, "draining")
    } else {
        (StatusCode::OK, "ok")
    };
    json_response(
        status,
        &json!({ "status": word, "version": env!("CARGO_PKG_VERSION") }),
    )
}

fn json_response(status: StatusCode, body: &Value) -> Response<BoxBody> {
    let mut response = Response::new(to_boxed(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    response
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    fn told(draining: &CancellationToken) -> Told {
        Told {
            draining: draining.clone(),
            metrics: Arc::new(Metrics::new("1.2.3")),
        }
    }

    async fn body(path: &str, draining: &CancellationToken) -> (StatusCode, String) {
        let response = answer(&Method::GET, path, &told(draining));
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[tokio::test]
    async fn health_turns_when_the_server_drains() {
        let draining = CancellationToken::new();
        let version = env!("CARGO_PKG_VERSION");
        let ok = (
            StatusCode::OK,
            format!(r#"{{"status":"ok","version":"{version}"}}"#),
        );
        assert_eq!(body("/_outcrop/health", &draining).await, ok);
        draining.cancel();
        let stopping = (
            StatusCode::SERVICE_UNAVAILABLE,
            format!(r#"{{"status":"draining","version":"{version}"}}"#),
        );
        assert_eq!(body("/_outcrop/health", &draining).await, stopping);
    }

    #[tokio::test]
    async fn other_paths_are_not_found_and_other_methods_not_allowed() {
        let draining = CancellationToken::new();
        assert_eq!(body("/_outcrop/", &draining).await.0, StatusCode::NOT_FOUND);
        assert_eq!(
            body("/_outcrop/health/x", &draining).await.0,
            StatusCode::NOT_FOUND
        );
        for path in ["/_outcrop/health", "/_outcrop/metrics"] {
            let posted = answer(&Method::POST, path, &told(&draining));
            assert_eq!(posted.status(), StatusCode::METHOD_NOT_ALLOWED);
        }
    }

    #[tokio::test]
    async fn metrics_are_told_in_their_own_format() {
        let draining = CancellationToken::new();
        let (status, text) = body("/_outcrop/metrics", &draining).await;
        assert_eq!(status, StatusCode::OK);
        assert!(
            text.contains("outcrop_build_info{version=\"1.2.3\"} 1"),
            "{text}"
        );
    }
}
