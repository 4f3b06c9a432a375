//! `CountTokens`: what a request would cost, without calling a model.

use std::sync::Arc;

use bedrock_runtime_smithy::{
    error::CountTokensError, input::CountTokensInput, model::CountTokensInput as Counted,
    output::CountTokensOutput,
};
use outcrop_catalogue::Operation;
use outcrop_engine::{ConverseRequest, EngineError};

use crate::{Inference, Runtime, call, context::Context, error::Failure, native};

pub(crate) async fn count_tokens(
    runtime: Arc<Runtime>,
    input: CountTokensInput,
    context: Context,
) -> Result<CountTokensOutput, CountTokensError> {
    let request = request(&runtime, input, context).await.map_err(Failure)?;
    let tokens = runtime
        .engine
        .count_tokens(request)
        .await
        .map_err(Failure)?;
    // A body of the largest size has fewer tokens than an i32 can count.
    Ok(CountTokensOutput {
        input_tokens: i32::try_from(tokens).unwrap_or(i32::MAX),
    })
}

async fn request(
    runtime: &Runtime,
    input: CountTokensInput,
    context: Context,
) -> Result<ConverseRequest, EngineError> {
    let CountTokensInput { model_id, input } = input;
    match input {
        Counted::Converse(request) => {
            let inference = Inference::to_count(model_id, request);
            let operation = Operation::CountTokens;
            let prepared = call::prepare(runtime, inference, context.caller, operation).await?;
            Ok(prepared.request)
        }
        Counted::InvokeModel(request) => {
            let body = request.body.into_inner().into();
            native::to_count(runtime, model_id, body, context.caller).await
        }
    }
}
