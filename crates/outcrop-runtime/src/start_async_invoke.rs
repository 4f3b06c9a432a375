//! `StartAsyncInvoke`: submits an input for a model that takes its time, and answers before the model does.

use std::sync::Arc;

use bedrock_runtime_smithy::{
    error::StartAsyncInvokeError, input::StartAsyncInvokeInput, output::StartAsyncInvokeOutput,
};
use serde_json::Value;

use crate::{NewAsyncInvoke, Runtime, async_invoke::understand, context::Context, error::Failure};

pub(crate) async fn start_async_invoke(
    runtime: Arc<Runtime>,
    input: StartAsyncInvokeInput,
    context: Context,
) -> Result<StartAsyncInvokeOutput, StartAsyncInvokeError> {
    let (caller, body) = (&context.caller, context.body());
    // Generated documents forget the order of their members, which refusals tell.
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    let model_input = request["modelInput"].to_string();
    let understood = understand(&runtime, caller, &input.model_id, model_input.as_bytes()).await;
    let (model, _) = understood.map_err(Failure)?;
    let model_arn = if input.model_id.contains(":provisioned-model/") {
        input.model_id.clone()
    } else {
        model.arn(&caller.region)
    };
    let new = NewAsyncInvoke {
        input,
        body: body.clone(),
        model_arn,
    };
    let invocation_arn = runtime.async_invokes.start(caller, new).await?;
    Ok(StartAsyncInvokeOutput { invocation_arn })
}
