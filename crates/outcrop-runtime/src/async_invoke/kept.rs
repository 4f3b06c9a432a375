//! Where asynchronous invocations are kept.

use bedrock_runtime_smithy::{
    error::{
        ConflictException, GetAsyncInvokeError, InternalServerException, ListAsyncInvokesError,
        ServiceQuotaExceededException, ServiceUnavailableException, StartAsyncInvokeError,
    },
    input::{ListAsyncInvokesInput, StartAsyncInvokeInput},
    output::{GetAsyncInvokeOutput, ListAsyncInvokesOutput},
};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use outcrop_wire::Caller;

use crate::error::{throttling, validation};

/// An invocation that a request starts.
#[derive(Debug, Clone)]
pub struct NewAsyncInvoke {
    /// The request.
    pub input: StartAsyncInvokeInput,
    /// Its body.
    pub body: Bytes,
    /// The ARN of the model that it asks.
    pub model_arn: String,
}

/// What an operation on invocations resolves to.
pub type AsyncInvokeFuture<'a, T> = BoxFuture<'a, Result<T, AsyncInvokeError>>;

/// Keeps invocations; somebody else works at them.
pub trait AsyncInvokes: Send + Sync + 'static {
    /// Starts one whose model and input are as they have to be, and tells its ARN.
    fn start<'a>(
        &'a self,
        caller: &'a Caller,
        new: NewAsyncInvoke,
    ) -> AsyncInvokeFuture<'a, String>;

    /// Tells one by its ARN.
    fn get<'a>(
        &'a self,
        caller: &'a Caller,
        arn: &'a str,
    ) -> AsyncInvokeFuture<'a, GetAsyncInvokeOutput>;

    /// A page of the caller's.
    fn list<'a>(
        &'a self,
        caller: &'a Caller,
        input: ListAsyncInvokesInput,
    ) -> AsyncInvokeFuture<'a, ListAsyncInvokesOutput>;
}

/// Why a request is refused. The texts are what the client reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AsyncInvokeError {
    /// The request cannot be, or names nothing that is there.
    Validation(String),
    /// The token of the request was used for another one.
    Conflict(String),
    /// There would be too much.
    Quota(String),
    /// Others change the same.
    Throttling(String),
    /// The output's place cannot be reached.
    Unavailable(String),
    /// What is kept cannot be read or written.
    Internal(String),
}

fn internal(text: String) -> InternalServerException {
    InternalServerException {
        message: Some(text),
    }
}

impl From<AsyncInvokeError> for StartAsyncInvokeError {
    fn from(error: AsyncInvokeError) -> Self {
        use AsyncInvokeError as E;
        match error {
            E::Validation(text) => Self::ValidationException(validation(text)),
            E::Conflict(text) => Self::ConflictException(ConflictException {
                message: Some(text),
            }),
            E::Quota(text) => Self::ServiceQuotaExceededException(ServiceQuotaExceededException {
                message: Some(text),
            }),
            E::Throttling(text) => Self::ThrottlingException(throttling(text, None)),
            E::Unavailable(text) => {
                Self::ServiceUnavailableException(ServiceUnavailableException {
                    message: Some(text),
                })
            }
            E::Internal(text) => Self::InternalServerException(internal(text)),
        }
    }
}

/// The mapping of the operations that only read.
macro_rules! of_readers {
    ($($error:ident),*) => {$(
        impl From<AsyncInvokeError> for $error {
            fn from(error: AsyncInvokeError) -> Self {
                use AsyncInvokeError as E;
                match error {
                    E::Validation(text) | E::Conflict(text) | E::Quota(text) => {
                        Self::ValidationException(validation(text))
                    }
                    E::Throttling(text) => Self::ThrottlingException(throttling(text, None)),
                    E::Unavailable(text) | E::Internal(text) => {
                        Self::InternalServerException(internal(text))
                    }
                }
            }
        }
    )*};
}

of_readers!(GetAsyncInvokeError, ListAsyncInvokesError);

/// Nothing is kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoAsyncInvokes;

fn nothing<T: Send + 'static>() -> AsyncInvokeFuture<'static, T> {
    let text = "This server keeps no asynchronous invocations.".to_owned();
    Box::pin(async { Err(AsyncInvokeError::Validation(text)) })
}

impl AsyncInvokes for NoAsyncInvokes {
    fn start<'a>(
        &'a self,
        _caller: &'a Caller,
        _new: NewAsyncInvoke,
    ) -> AsyncInvokeFuture<'a, String> {
        nothing()
    }

    fn get<'a>(
        &'a self,
        _caller: &'a Caller,
        _arn: &'a str,
    ) -> AsyncInvokeFuture<'a, GetAsyncInvokeOutput> {
        nothing()
    }

    fn list<'a>(
        &'a self,
        _caller: &'a Caller,
        _input: ListAsyncInvokesInput,
    ) -> AsyncInvokeFuture<'a, ListAsyncInvokesOutput> {
        nothing()
    }
}
