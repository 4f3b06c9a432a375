//! The requests that made resources, kept and read again.

use aws_smithy_http_server::{body::Body, protocol::rest_json_1::RestJson1, request::FromRequest};
use bytes::Bytes;
use futures_util::FutureExt;
use http::{Method, Request, header::CONTENT_TYPE};

/// The input of an operation that makes resources.
pub(crate) trait Original: Sized + Send {
    /// How its requests begin. Path parameters may be anything that fits.
    const METHOD: Method;
    /// See [`Self::METHOD`].
    const PATH: &'static str;

    /// Reads the body of a request again. `None` where it is no longer a valid request, which a body that was accepted
    /// becomes only when the constraints of a newer model are narrower.
    fn read(body: &str) -> Option<Self>;
}

/// Says how the requests of an input begin: `original!(CreateGuardrailInput, POST "/guardrails")`.
macro_rules! original {
    ($input:ty, $method:ident $path:literal) => {
        impl $crate::resource::Original for $input {
            const METHOD: ::http::Method = ::http::Method::$method;
            const PATH: &'static str = $path;

            fn read(body: &str) -> Option<Self> {
                $crate::resource::parse(Self::METHOD, Self::PATH, body)
            }
        }
    };
}
pub(crate) use original;

pub(crate) fn parse<T>(method: Method, path: &str, body: &str) -> Option<T>
where
    T: FromRequest<RestJson1, Body>,
{
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from_bytes(Bytes::copy_from_slice(body.as_bytes())))
        .ok()?;
    // The whole body is there, so there is nothing to wait for.
    T::from_request(request).now_or_never()?.ok()
}
