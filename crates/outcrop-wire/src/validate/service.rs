//! The layer that checks what the generated code does not, and rewords what it refuses.

use std::{
    convert::Infallible,
    future::ready,
    mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use aws_smithy_http_server::{
    body::{Body, BoxBody},
    extension::RuntimeErrorExtension,
};
use bytes::Bytes;
use http::{Extensions, HeaderMap, HeaderValue, Method, Request, Response, Uri, header};
use tower::{Layer, Service};

use super::{
    prune::prune,
    scan::{MAX_DEPTH, Verdict, scan},
    walk::Input,
};
use crate::{
    collect::RawBody,
    error::WireError,
    handler_mark::watch,
    route::{BodyKind, OperationName, RoutedOperation},
};

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
            Some(kept) => return Box::pin(ready(Ok(kept.not_served().into_response()))),
            None => return self.unread(request),
        };
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        Box::pin(async move {
            if let Err(error) = kept.check() {
                return Ok(error.into_response());
            }
            let (answer, handler_ran) = watch(inner.call(request)).await;
            let response = answer?;
            if response
                .extensions()
                .get::<RuntimeErrorExtension>()
                .is_none()
            {
                return Ok(response);
            }
            match kept.judge(response, handler_ran) {
                Judgement::Answer(response) => Ok(response),
                Judgement::TryAgain(request) => inner.call(*request).await,
            }
        })
    }
}

impl<S> ValidateService<S>
where
    S: Service<Request<Body>, Response = Response<BoxBody>, Error = Infallible>,
    S::Future: Send + 'static,
{
    /// Requests whose body is an event stream, which nothing here can read.
    fn unread(&mut self, request: Request<Body>) -> BoxFuture {
        match request.extensions().get() {
            Some(OperationName(operation)) if !operation.served => {
                let error = WireError::not_served(&operation.name);
                Box::pin(ready(Ok(error.into_response())))
            }
            _ => Box::pin(self.inner.call(request)),
        }
    }
}

type BoxFuture = Pin<Box<dyn Future<Output = Result<Response<BoxBody>, Infallible>> + Send>>;

/// What is kept of a request to judge its rejection with.
struct Kept {
    operation: Arc<RoutedOperation>,
    method: Method,
    uri: Uri,
    /// Those that are members of the input.
    headers: HeaderMap,
    body: Bytes,
    extensions: Extensions,
}

enum Judgement {
    Answer(Response<BoxBody>),
    TryAgain(Box<Request<Body>>),
}

impl Kept {
    /// `None` where no body was kept.
    fn of(request: &Request<Body>) -> Option<Self> {
        let OperationName(operation) = request.extensions().get()?;
        let RawBody(body) = request.extensions().get()?;
        // Needed for a second try only.
        let extensions = operation
            .reaches_union
            .then(|| request.extensions().clone());
        Some(Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: operation.kept_headers(request.headers()),
            body: body.clone(),
            extensions: extensions.unwrap_or_default(),
            operation: Arc::clone(operation),
        })
    }

    fn input(&self) -> Input<'_> {
        Input {
            operation: &self.operation,
            uri: &self.uri,
            headers: &self.headers,
            body: &self.body,
        }
    }

    /// What an operation without a handler answers: its request is judged like any other, by the table alone.
    fn not_served(&self) -> WireError {
        let found = self.check().err();
        let found = found.or_else(|| self.input().walk().into_error());
        found.unwrap_or_else(|| WireError::not_served(&self.operation.name))
    }

    /// Checks what the generated code would not.
    fn check(&self) -> Result<(), WireError> {
        if self.operation.body != BodyKind::Json {
            return Ok(());
        }
        match scan(&self.operation.plan, &self.body) {
            Verdict::Clean => Ok(()),
            Verdict::Suspicious => self.input().walk().into_error().map_or(Ok(()), Err),
            Verdict::TooDeep => {
                let message =
                    format!("The request body is nested more than {MAX_DEPTH} levels deep.");
                Err(WireError::serialization(message))
            }
        }
    }

    /// Says what is to become of an error that the generated code gave itself.
    fn judge(self, response: Response<BoxBody>, handler_ran: bool) -> Judgement {
        let operation = &*self.operation;
        let kind = response
            .extensions()
            .get::<RuntimeErrorExtension>()
            .map(|kind| kind.to_string());
        if handler_ran {
            tracing::error!(
                operation = operation.name,
                ?kind,
                "the answer could not be serialized"
            );
            return Judgement::Answer(WireError::internal().into_response());
        }
        let serialization = match kind.as_deref() {
            Some("SerializationException") => true,
            Some("ValidationException") => false,
            _ => return Judgement::Answer(response),
        };
        let findings = self.input().walk();
        let unknown_members = findings.unknown_beside_known;
        if let Some(error) = findings.into_error() {
            return Judgement::Answer(error.into_response());
        }
        if serialization
            && unknown_members
            && let Some(body) = prune(&operation.table, operation.entry(), &self.body)
        {
            return Judgement::TryAgain(Box::new(self.second_try(body)));
        }
        tracing::warn!(
            operation = operation.name,
            ?kind,
            "a request was refused for a reason that is not in the table"
        );
        Judgement::Answer(response)
    }

    fn second_try(self, body: Vec<u8>) -> Request<Body> {
        let mut request = Request::new(Body::from_bytes(Bytes::from(body)));
        *request.method_mut() = self.method;
        *request.uri_mut() = self.uri;
        *request.headers_mut() = self.headers;
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::CONTENT_TYPE, json);
        *request.extensions_mut() = self.extensions;
        request
    }
}
