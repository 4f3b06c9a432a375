//! `GetAsyncInvoke`: one invocation, by its ARN.

use std::sync::Arc;

use bedrock_runtime_smithy::{
    error::GetAsyncInvokeError, input::GetAsyncInvokeInput, output::GetAsyncInvokeOutput,
};

use crate::{Runtime, context::Context};

pub(crate) async fn get_async_invoke(
    runtime: Arc<Runtime>,
    input: GetAsyncInvokeInput,
    context: Context,
) -> Result<GetAsyncInvokeOutput, GetAsyncInvokeError> {
    let caller = &context.caller;
    let kept = &runtime.async_invokes;
    Ok(kept.get(caller, &input.invocation_arn).await?)
}
