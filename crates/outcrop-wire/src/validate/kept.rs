//! What is kept of a request, and what its rejection means.

use std::sync::Arc;

use aws_smithy_http_server::{
    body::{Body, BoxBody},
    extension::RuntimeErrorExtension,
};
use bytes::Bytes;
use http::{Extensions, HeaderMap, HeaderValue, Method, Request, Response, Uri, header};

use super::{
    prune::prune,
    scan::{MAX_DEPTH, Verdict, scan},
    walk::Input,
};
use crate::{
    collect::RawBody,
    error::WireError,
    off_executor::{is_large, off_executor},
    route::{BodyKind, OperationName, RoutedOperation},
};

/// What is kept of a request to judge its rejection with.
pub(super) struct Kept {
    pub(super) operation: Arc<RoutedOperation>,
    method: Method,
    uri: Uri,
    /// Those that are members of the input.
    headers: HeaderMap,
    body: Bytes,
    /// Kept where a second try is possible.
    extensions: Extensions,
}

/// What an error that the generated code gave itself was about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Refusal {
    Serialization,
    Validation,
    Other,
}

impl Kept {
    /// `None` for requests whose body is an event stream that a handler will read.
    pub(super) fn of(request: &Request<Body>) -> Option<Self> {
        let OperationName(operation) = request.extensions().get()?;
        let body = match request.extensions().get() {
            Some(RawBody(body)) => body.clone(),
            None if operation.served => return None,
            None => Bytes::new(),
        };
        let extensions = operation
            .reaches_union
            .then(|| request.extensions().clone());
        Some(Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: operation.kept_headers(request.headers()),
            body,
            extensions: extensions.unwrap_or_default(),
            operation: Arc::clone(operation),
        })
    }

    /// Does something that looks at the whole body, which may be too much work for the executor.
    pub(super) async fn apart<T: Send + 'static>(
        self,
        work: impl FnOnce(&Self) -> T + Send + 'static,
    ) -> (Self, T) {
        off_executor(is_large(self.body.len()), async {
            let output = work(&self);
            (self, output)
        })
        .await
    }

    /// What an operation without a handler answers: its request is judged like any other, by the table alone.
    pub(super) fn not_served(&self) -> WireError {
        let found = self.check().err();
        let found = found.or_else(|| self.input().walk().into_error());
        found.unwrap_or_else(|| WireError::not_served(&self.operation.name))
    }

    /// Checks what the generated code would not.
    pub(super) fn check(&self) -> Result<(), WireError> {
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

    /// The request without the members of unions that the model does not know, if they are all that was wrong with it.
    pub(super) fn without_unknown(
        self,
        response: &Response<BoxBody>,
    ) -> impl Future<Output = (Self, Option<Request<Body>>)> + Send + use<> {
        let possible =
            self.operation.reaches_union && refusal(response) == Some(Refusal::Serialization);
        async move {
            if possible {
                self.apart(Self::pruned).await
            } else {
                (self, None)
            }
        }
    }

    fn pruned(&self) -> Option<Request<Body>> {
        let findings = self.input().walk();
        if !findings.unknown_beside_known || findings.into_error().is_some() {
            return None;
        }
        let table = &self.operation.table;
        let body = prune(table, self.operation.entry(), &self.body)?;
        let mut request = Request::new(Body::from_bytes(Bytes::from(body)));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.uri.clone();
        *request.headers_mut() = self.headers.clone();
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::CONTENT_TYPE, json);
        *request.extensions_mut() = self.extensions.clone();
        Some(request)
    }

    /// The answer as the service would word it.
    pub(super) async fn reword(self, response: Response<BoxBody>) -> Response<BoxBody> {
        match refusal(&response) {
            None | Some(Refusal::Other) => return response,
            Some(Refusal::Serialization | Refusal::Validation) => {}
        }
        let (kept, error) = self.apart(|kept| kept.input().walk().into_error()).await;
        if let Some(error) = error {
            return error.into_response();
        }
        let operation = &kept.operation.name;
        tracing::warn!(
            operation,
            "a request was refused for a reason that is not in the table"
        );
        response
    }

    fn input(&self) -> Input<'_> {
        Input {
            operation: &self.operation,
            uri: &self.uri,
            headers: &self.headers,
            body: &self.body,
        }
    }
}

/// The answer for an error that the generated code gave after the handler had run: not the client's fault.
pub(super) fn own_fault(
    operation: &RoutedOperation,
    response: Response<BoxBody>,
) -> Response<BoxBody> {
    if refusal(&response).is_none() {
        return response;
    }
    tracing::error!(
        operation = operation.name,
        "the answer could not be serialized"
    );
    WireError::internal().into_response()
}

fn refusal(response: &Response<BoxBody>) -> Option<Refusal> {
    let kind = response.extensions().get::<RuntimeErrorExtension>()?;
    Some(match kind.to_string().as_str() {
        "SerializationException" => Refusal::Serialization,
        "ValidationException" => Refusal::Validation,
        _ => Refusal::Other,
    })
}
