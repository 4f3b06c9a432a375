//! The layer that checks what the generated code does not, and rewords what it refuses.

use std::{
    convert::Infallible,
    mem,
    pin::Pin,
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use http::{Request, Response};
use tower::{Layer, Service};

use super::kept::{Kept, own_fault};
use crate::handler_mark::watch;

/// Validates requests in the service's words. See the module.
#[derive(Debug, Clone, Copy, Default)]
pub struct ValidateLayer;

impl<S> Layer<S> for ValidateLayer {
    type Service = ValidateService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        ValidateService { inner }
    }
}

/// The service of [`ValidateLayer`].
#[derive(Debug, Clone)]
pub struct ValidateService<S> {
    inner: S,
}

impl<S> Service<Request<Body>> for ValidateService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>
        + Clone
        + Send
        + 'static,
    S::Future: Send,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = BoxFuture;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let kept = match Kept::of(&request) {
            Some(kept) if kept.operation.served => kept,
            Some(kept) => {
                return Box::pin(async {
                    let (_, error) = kept.apart(Kept::not_served).await;
                    Ok(error.into_response())
                });
            }
            None => return Box::pin(self.inner.call(request)),
        };
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        Box::pin(async move {
            let (kept, checked) = kept.apart(Kept::check).await;
            if let Err(error) = checked {
                return Ok(error.into_response());
            }
            let (answer, handler_ran) = watch(inner.call(request)).await;
            let response = answer?;
            if handler_ran {
                return Ok(own_fault(&kept.operation, response));
            }
            let (kept, second_try) = kept.without_unknown(&response).await;
            let Some(request) = second_try else {
                return Ok(kept.reword(response).await);
            };
            let (answer, handler_ran) = watch(inner.call(request)).await;
            let response = answer?;
            Ok(if handler_ran {
                own_fault(&kept.operation, response)
            } else {
                kept.reword(response).await
            })
        })
    }
}

type BoxFuture = Pin<Box<dyn Future<Output = Result<Response<BoxBody>, Infallible>> + Send>>;
