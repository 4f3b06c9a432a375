//! One envelope for every error that comes from within.
//!
//! The generated code writes the shape's bare name into `x-amzn-errortype`, no `__type`, the stream's content type on
//! errors of streaming operations, the added `fieldList` of validation errors, and `{}` for errors of its own. All of
//! that becomes the envelope of [`crate::error`]; members of modeled errors (`originalStatusCode`, `resourceName`)
//! stay. Errors that wire layers gave are in it already.

use std::{
    convert::Infallible,
    pin::Pin,
    task::{Context, Poll, ready},
};

use aws_smithy_http_server::body::{Body, BoxBody, to_boxed};
use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use pin_project_lite::pin_project;
use serde_json::{Map, Value};
use tower::{Layer, Service};

use crate::error::{ERROR_TYPE, WireError, error_body, error_type};

/// Puts errors into the service's envelope.
#[derive(Debug, Clone, Copy, Default)]
pub struct EnvelopeLayer;

impl<S> Layer<S> for EnvelopeLayer {
    type Service = EnvelopeService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        EnvelopeService { inner }
    }
}

/// The service of [`EnvelopeLayer`].
#[derive(Debug, Clone)]
pub struct EnvelopeService<S> {
    inner: S,
}

impl<S> Service<Request<Body>> for EnvelopeService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = EnvelopeFuture<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        EnvelopeFuture {
            inner: self.inner.call(request),
            rewriting: None,
        }
    }
}

type Rewriting = Pin<Box<dyn Future<Output = Response<BoxBody>> + Send>>;

pin_project! {
    /// The future of [`EnvelopeService`].
    pub struct EnvelopeFuture<F> {
        #[pin]
        inner: F,
        rewriting: Option<Rewriting>,
    }
}

impl<F> Future for EnvelopeFuture<F>
where
    F: Future<Output = Result<Response<BoxBody>, Infallible>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        if this.rewriting.is_none() {
            match ready!(this.inner.poll(context)) {
                Ok(response) if needs_envelope(&response) => {
                    *this.rewriting = Some(Box::pin(rewrite(response)));
                }
                answer => return Poll::Ready(answer),
            }
        }
        match this.rewriting {
            Some(rewriting) => rewriting.as_mut().poll(context).map(Ok),
            None => Poll::Pending,
        }
    }
}

fn needs_envelope(response: &Response<BoxBody>) -> bool {
    let status = response.status();
    let qualified = |value: &HeaderValue| value.as_bytes().contains(&b':');
    (status.is_client_error() || status.is_server_error())
        && !response.headers().get(ERROR_TYPE).is_some_and(qualified)
}

async fn rewrite(response: Response<BoxBody>) -> Response<BoxBody> {
    let (mut parts, body) = response.into_parts();
    let body = body
        .collect()
        .await
        .map(http_body_util::Collected::to_bytes)
        .unwrap_or_default();
    let named = parts
        .headers
        .get(ERROR_TYPE)
        .and_then(|value| value.to_str().ok());
    let shape = match named {
        // The framework's name for a fault of the server; the service's own is modeled.
        None | Some("InternalFailureException") => shape_of(parts.status),
        Some(shape) => shape,
    };
    let members = members(&body, shape, parts.status);
    let body = error_body(shape, members);
    let error_type = error_type(shape);
    parts.headers.insert(ERROR_TYPE, error_type);
    parts.headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, to_boxed(body))
}

/// The members of the error, always with a message.
fn members(body: &Bytes, shape: &str, status: StatusCode) -> Map<String, Value> {
    let mut members: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    members.remove("fieldList");
    if !members.get("message").is_some_and(Value::is_string) {
        let message = default_message(shape, status);
        members.insert("message".to_owned(), Value::String(message));
    }
    members
}

/// The type of an error that has none.
fn shape_of(status: StatusCode) -> &'static str {
    match status {
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "AccessDeniedException",
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => "UnknownOperationException",
        StatusCode::NOT_ACCEPTABLE => "NotAcceptableException",
        StatusCode::REQUEST_TIMEOUT => "RequestTimeoutException",
        StatusCode::PAYLOAD_TOO_LARGE => "RequestEntityTooLargeException",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "UnsupportedMediaTypeException",
        StatusCode::TOO_MANY_REQUESTS => "ThrottlingException",
        StatusCode::NOT_IMPLEMENTED => "UnsupportedOperationException",
        StatusCode::SERVICE_UNAVAILABLE => "ServiceUnavailableException",
        status if status.is_server_error() => "InternalServerException",
        _ => "ValidationException",
    }
}

fn default_message(shape: &str, status: StatusCode) -> String {
    match shape {
        "InternalServerException" => WireError::internal().message().to_owned(),
        "ThrottlingException" => WireError::throttled().message().to_owned(),
        "SerializationException" => {
            "The request could not be deserialized. Check that its body is the JSON that the \
                                     operation expects."
                .to_owned()
        }
        "UnknownOperationException" => {
            "The requested operation is not recognized by the service.".to_owned()
        }
        "NotAcceptableException" => {
            "The operation cannot answer with a type that the Accept header takes.".to_owned()
        }
        "UnsupportedMediaTypeException" => {
            "The Content-Type of the request is not the operation's.".to_owned()
        }
        "RequestTimeoutException" => {
            "The request was not received in time. Try your request again.".to_owned()
        }
        _ => status
            .canonical_reason()
            .unwrap_or("The request failed.")
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tower::service_fn;

    use super::*;
    use crate::testing::{Answer, answer, get};

    async fn envelope(
        status: u16,
        headers: &'static [(&'static str, &'static str)],
        body: &'static str,
    ) -> Answer {
        let inner = service_fn(move |_request: Request<Body>| async move {
            let mut response = Response::builder().status(status);
            for (name, value) in headers {
                response = response.header(*name, *value);
            }
            Ok(response.body(to_boxed(body)).expect("a valid response"))
        });
        answer(EnvelopeLayer.layer(inner), get("/")).await
    }

    const STREAM: &str = "application/vnd.amazon.eventstream";

    #[tokio::test]
    async fn modeled_error_of_a_stream_is_json() {
        let headers = &[
            ("X-Amzn-Errortype", "ModelErrorException"),
            ("Content-Type", STREAM),
            ("Content-Length", "60"),
        ];
        let answer = envelope(
            424,
            headers,
            r#"{"message":"no","originalStatusCode":400,"resourceName":"r"}"#,
        )
        .await;
        let suffix = "http://internal.amazon.com/coral/com.amazon.bedrock/";
        assert_eq!(
            answer.header(ERROR_TYPE),
            Some(format!("ModelErrorException:{suffix}").as_str())
        );
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("content-length"), None);
        let expected = r#"{"__type":"ModelErrorException","message":"no","originalStatusCode":400,"resourceName":"r"}"#;
        assert_eq!(answer.text(), expected);
    }

    #[tokio::test]
    async fn field_list_goes_away() {
        let body = r#"{"fieldList":[{"name":"/a","message":"m"}],"message":"no"}"#;
        let answer = envelope(400, &[("X-Amzn-Errortype", "ValidationException")], body).await;
        assert_eq!(
            answer.json(),
            json!({"__type": "ValidationException", "message": "no"})
        );
    }

    #[tokio::test]
    async fn framework_errors_get_words() {
        for (status, shape, expected) in [
            (
                400,
                Some("SerializationException"),
                "SerializationException",
            ),
            (
                404,
                Some("UnknownOperationException"),
                "UnknownOperationException",
            ),
            (
                406,
                Some("NotAcceptableException"),
                "NotAcceptableException",
            ),
            (
                415,
                Some("UnsupportedMediaTypeException"),
                "UnsupportedMediaTypeException",
            ),
            (
                500,
                Some("InternalFailureException"),
                "InternalServerException",
            ),
            (405, None, "UnknownOperationException"),
            (408, None, "RequestTimeoutException"),
            (500, None, "InternalServerException"),
        ] {
            let headers: &'static [_] = match shape {
                Some(shape) => Vec::leak(vec![("X-Amzn-Errortype", shape)]),
                None => &[],
            };
            let answer = envelope(status, headers, if shape.is_some() { "{}" } else { "" }).await;
            assert_eq!(answer.status, status);
            assert_eq!(answer.json()["__type"], expected);
            assert!(answer.message().len() > 20, "{}", answer.text());
        }
    }

    #[tokio::test]
    async fn answers_and_finished_errors_are_left_alone() {
        let fine = envelope(200, &[("Content-Type", STREAM)], "frames").await;
        assert_eq!(
            (fine.header("content-type"), fine.text()),
            (Some(STREAM), "frames")
        );
        let finished = envelope(
            400,
            &[(ERROR_TYPE, "ValidationException:http://x/")],
            "as it is",
        )
        .await;
        assert_eq!(finished.text(), "as it is");
    }
}
