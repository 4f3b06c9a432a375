//! `Converse`: the whole answer at once.

use std::sync::Arc;

use bedrock_runtime_smithy::{
    error::ConverseError,
    input::ConverseInput,
    model::{self, TokenUsage},
    output::ConverseOutput,
};
use outcrop_catalogue::{Model, Operation};
use outcrop_engine::{Answer, fold};

use crate::{Inference, Runtime, call, context::Context, error::Prefixed, guardrail::raw};

pub(crate) async fn converse(
    runtime: Arc<Runtime>,
    input: ConverseInput,
    context: Context,
) -> Result<ConverseOutput, ConverseError> {
    let inference = Inference::from(input);
    let started = call::start(&runtime, inference, context.caller, Operation::Converse).await;
    let call = started.map_err(Prefixed::from)?;
    let mut answer = fold(call.events).await.map_err(Prefixed::from)?;
    if let Some(mut exchange) = call.exchange {
        let raw = |before: &Answer| raw::body(&call.model, before);
        let assessed = exchange.whole(&mut answer, raw).await;
        assessed.map_err(Prefixed::from)?;
        answer.trace = exchange.whole_trace(answer.trace.take());
    }
    complete_usage(&mut answer.usage, &call.model);
    Ok(output(answer))
}

/// Converse reports cache counts of zero for the Claude models that can cache, even when nothing
/// asked for caching; `ConverseStream` does not (recorded: 136 of 136 answers, and no stream).
fn complete_usage(usage: &mut TokenUsage, model: &Model) {
    let caches = model.provider == "Anthropic" && model.capabilities.prompt_caching;
    if caches && usage.cache_read_input_tokens.is_none() {
        usage.cache_read_input_tokens = Some(0);
        usage.cache_read_input_token_count = Some(0);
        usage.cache_write_input_tokens = Some(0);
        usage.cache_write_input_token_count = Some(0);
    }
}

fn output(answer: Answer) -> ConverseOutput {
    ConverseOutput {
        output: model::ConverseOutput::Message(answer.message),
        stop_reason: answer.stop_reason,
        usage: answer.usage,
        metrics: model::ConverseMetrics {
            latency_ms: answer.latency_ms,
        },
        additional_model_response_fields: answer.additional_model_response_fields,
        trace: answer.trace,
        performance_config: answer.performance_config,
        service_tier: answer.service_tier,
    }
}
