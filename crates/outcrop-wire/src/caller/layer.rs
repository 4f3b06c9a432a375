//! The layer that tells handlers who calls.

use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use http::{Request, Response};
use tower::{Layer, Service};

use super::{Caller, DEFAULT_ACCOUNT, credential};

/// Puts a [`Caller`] into the extensions of every request.
#[derive(Debug, Clone)]
pub struct CallerLayer {
    unknown: Caller,
}

impl CallerLayer {
    /// `region` is that of callers whose credentials name none.
    #[must_use]
    pub fn new(region: &str) -> Self {
        Self {
            unknown: Caller {
                account: Arc::from(DEFAULT_ACCOUNT),
                region: Arc::from(region),
                region_known: false,
            },
        }
    }
}

impl<S> Layer<S> for CallerLayer {
    type Service = CallerService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let unknown = self.unknown.clone();
        CallerService { inner, unknown }
    }
}

/// The service of [`CallerLayer`].
#[derive(Debug, Clone)]
pub struct CallerService<S> {
    inner: S,
    unknown: Caller,
}

impl<S> Service<Request<Body>> for CallerService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let scope = credential::scope(request.headers(), request.uri());
        let caller = Caller {
            account: or_shared(scope.account, &self.unknown.account),
            region_known: scope.region.is_some(),
            region: or_shared(scope.region, &self.unknown.region),
        };
        request.extensions_mut().insert(caller);
        self.inner.call(request)
    }
}

fn or_shared(found: Option<String>, shared: &Arc<str>) -> Arc<str> {
    found.map_or_else(|| Arc::clone(shared), Arc::from)
}

#[cfg(test)]
mod tests {
    use tower::service_fn;

    use super::*;
    use crate::testing::{answer, get};

    async fn seen(request: Request<Body>) -> String {
        let inner = service_fn(|request: Request<Body>| async move {
            let caller = request.extensions().get::<Caller>().expect("is set");
            let (account, region) = (&caller.account, &caller.region);
            let seen = format!("{account} {region} {:?}", caller.known_region());
            Ok(Response::new(aws_smithy_http_server::body::to_boxed(seen)))
        });
        answer(CallerLayer::new("eu-central-1").layer(inner), request)
            .await
            .text()
            .to_owned()
    }

    #[tokio::test]
    async fn caller_without_credentials_gets_the_defaults() {
        assert_eq!(seen(get("/")).await, "000000000000 eu-central-1 None");
    }

    #[tokio::test]
    async fn region_is_known_where_the_credentials_name_it() {
        let mut request = get("/");
        let scope = "AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-west-2/bedrock/aws4_request";
        let headers = request.headers_mut();
        headers.insert("authorization", scope.parse().expect("a header value"));
        let expected = "000000000000 us-west-2 Some(\"us-west-2\")";
        assert_eq!(seen(request).await, expected);
    }
}
