//! Seeing the invocations that pass.

use std::{
    convert::Infallible,
    sync::Arc,
    task::{Context, Poll},
};

use aws_smithy_http_server::body::{Body, BoxBody};
use futures_util::future::{BoxFuture, Either};
use http::{Request, Response};
use outcrop_catalogue::Catalogue;
use outcrop_control::Control;
use outcrop_engine::Observation;
use outcrop_store::Scope;
use outcrop_wire::Current;
use tower::Service;

use crate::{
    InvocationLogs, Places,
    body::logged,
    invocation::{self, Invocation},
};

/// The service of Bedrock Runtime, whose invocations are logged where their account wants it.
///
/// Requests carry the extensions that the wire layers set. What is not logged goes straight through.
#[derive(Debug, Clone)]
pub struct LogInvocations<S> {
    inner: S,
    logs: InvocationLogs,
    shared: Arc<Shared>,
}

/// What configurations are read from, and models are known by.
struct Shared {
    control: Current<Control>,
    catalogue: Current<Catalogue>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl<S> LogInvocations<S> {
    pub(crate) fn new(
        inner: S,
        logs: InvocationLogs,
        control: Current<Control>,
        catalogue: Current<Catalogue>,
    ) -> Self {
        let shared = Arc::new(Shared { control, catalogue });
        Self {
            inner,
            logs,
            shared,
        }
    }

    /// Whose invocation this may have to be logged for: nobody's, as far as is known without asking.
    fn scope<B>(&self, request: &Request<B>) -> Option<Scope> {
        let (_, caller) = invocation::logged(request.extensions())?;
        let scope = Scope {
            account: Arc::clone(&caller.account),
            region: Arc::clone(&caller.region),
        };
        let unlogged = matches!(self.logs.shared.configurations.lately(&scope), Some(None));
        (!unlogged).then_some(scope)
    }
}

type Answered = Result<Response<BoxBody>, Infallible>;

impl<S> Service<Request<Body>> for LogInvocations<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
    S::Future: Send + 'static,
{
    type Response = Response<BoxBody>;
    type Error = Infallible;
    type Future = Either<S::Future, BoxFuture<'static, Answered>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let Some(scope) = self.scope(&request) else {
            return Either::Left(self.inner.call(request));
        };
        let (logs, shared) = (self.logs.clone(), Arc::clone(&self.shared));
        let begun = move |places: Arc<Places>, request: &Head| {
            Invocation::begin(request, places, &shared.catalogue.get())
        };
        let control = self.shared.control.get();
        let head = head(&request);
        let answer = self.inner.call(request);
        Either::Right(Box::pin(async move {
            let places = logs.places(&control, &scope).await;
            match places.and_then(|places| begun(places, &head)) {
                Some(invocation) => logged(invocation, Observation::current(), &logs, answer).await,
                None => answer.await,
            }
        }))
    }
}

/// A request without its body, which is in its extensions.
type Head = Request<()>;

fn head(request: &Request<Body>) -> Head {
    let mut head = Request::new(());
    *head.uri_mut() = request.uri().clone();
    *head.headers_mut() = request.headers().clone();
    *head.extensions_mut() = request.extensions().clone();
    head
}

#[cfg(test)]
mod tests;
