//! `ListAsyncInvokes`: the caller's, page by page.

use std::sync::Arc;

use bedrock_runtime_smithy::{
    error::ListAsyncInvokesError, input::ListAsyncInvokesInput, output::ListAsyncInvokesOutput,
};

use crate::{Runtime, context::Context};

pub(crate) async fn list_async_invokes(
    runtime: Arc<Runtime>,
    input: ListAsyncInvokesInput,
    context: Context,
) -> Result<ListAsyncInvokesOutput, ListAsyncInvokesError> {
    let caller = &context.caller;
    Ok(runtime.async_invokes.list(caller, input).await?)
}
