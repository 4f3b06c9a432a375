//! Asynchronous invocations: where they are kept, and what a worker asks for them.

mod kept;
mod work;

pub use kept::{AsyncInvokeError, AsyncInvokeFuture, AsyncInvokes, NewAsyncInvoke, NoAsyncInvokes};
pub use work::AsyncInference;
pub(crate) use work::understand;
