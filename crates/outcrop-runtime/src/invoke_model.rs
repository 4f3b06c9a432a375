//! `InvokeModel`: the model's own request and response bodies.

use std::{sync::Arc, time::Instant};

use bedrock_runtime_smithy::{
    error::InvokeModelError,
    input::InvokeModelInput,
    model::{PerformanceConfigLatency, ServiceTierType, TokenUsage},
    output::InvokeModelOutput,
    types::Blob,
};
use outcrop_catalogue::{Model, Operation};
use outcrop_dialects::{CacheHeaders, Call, ChatResponder, ConverseParts};
use outcrop_engine::{
    EngineError, fold,
    observation::{Observation, carried},
};
use outcrop_wire::{Caller, off_executor};
use serde_json::Value;

use crate::{
    Runtime,
    context::{Context, asker},
    error::Failure,
    native::NativeRequest,
};

pub(crate) async fn invoke_model(
    runtime: Arc<Runtime>,
    input: InvokeModelInput,
    context: Context,
) -> Result<InvokeModelOutput, InvokeModelError> {
    let request = NativeRequest::from(input);
    Ok(answer(&runtime, request, context.caller)
        .await
        .map_err(Failure)?)
}

async fn answer(
    runtime: &Runtime,
    request: NativeRequest,
    caller: Caller,
) -> Result<InvokeModelOutput, EngineError> {
    let started = Instant::now();
    let (model, call) = request.read(runtime, &caller, Operation::InvokeModel)?;
    let (latency, tier) = (request.latency, request.service_tier);
    let counts = Counts::default();
    let (body, counts) = match call {
        Call::Converse(parts, responder) => {
            converse(runtime, request, (*parts, responder), &model, caller).await?
        }
        Call::Embed(parts, responder) => {
            let answer = runtime
                .engine
                .embed(parts.into_request(model, asker(caller)))
                .await?;
            let input = Some(i64::from(answer.input_tokens));
            (responder.response(&answer), Counts { input, ..counts })
        }
        Call::Rerank(parts, responder) => {
            let results = runtime
                .engine
                .rerank(parts.into_request(model, asker(caller)))
                .await?;
            (responder.response(&results), counts)
        }
        Call::Image(parts, responder) => {
            let engine = Arc::clone(&runtime.engine);
            let request = parts.into_request(model, asker(caller));
            // Drawing takes its time, however short the prompt is.
            let drawing = async move { engine.generate_images(request).await };
            let drawing = carried(Observation::current(), drawing);
            let images = off_executor(true, drawing).await?;
            (responder.response(&images), counts)
        }
    };
    let elapsed = i64::try_from(started.elapsed().as_millis()).unwrap_or(i64::MAX);
    Ok(output(&body, &counts, elapsed, latency, tier))
}

/// What the headers tell of an answer's tokens. Embeddings tell their input only, rerankers and
/// image models nothing (recorded for the former two).
#[derive(Default)]
struct Counts {
    input: Option<i64>,
    output: Option<i64>,
    cache_read: Option<i64>,
    cache_write: Option<i64>,
}

impl Counts {
    /// Models with a prompt cache tell of it even where nothing was cached, most of them (recorded).
    fn of_chat(usage: &TokenUsage, model: &Model, responder: &dyn ChatResponder) -> Self {
        let caches = model.capabilities.prompt_caching;
        let headers = responder.cache_headers();
        let told = |count: Option<i32>| caches.then(|| i64::from(count.unwrap_or_default()));
        let read = told(usage.cache_read_input_tokens);
        let written = told(usage.cache_write_input_tokens);
        let choices = i64::from(responder.choices());
        Self {
            input: usage.input_tokens.map(i64::from),
            output: usage.output_tokens.map(|one| i64::from(one) * choices),
            cache_read: read.filter(|_| headers != CacheHeaders::Neither),
            cache_write: match headers {
                CacheHeaders::Neither => None,
                CacheHeaders::Read => written.filter(|tokens| *tokens > 0),
                CacheHeaders::Both => written,
            },
        }
    }
}

async fn converse(
    runtime: &Runtime,
    request: NativeRequest,
    (parts, responder): (ConverseParts, Box<dyn ChatResponder>),
    model: &Arc<Model>,
    caller: Caller,
) -> Result<(Value, Counts), EngineError> {
    let request = request.converse(parts, model, caller, Operation::InvokeModel)?;
    let answer = fold(runtime.engine.converse(request).await?).await?;
    let counts = Counts::of_chat(&answer.usage, model, responder.as_ref());
    Ok((responder.response(&answer), counts))
}

fn output(
    body: &Value,
    counts: &Counts,
    invocation_latency: i64,
    performance_config_latency: Option<PerformanceConfigLatency>,
    service_tier: Option<ServiceTierType>,
) -> InvokeModelOutput {
    InvokeModelOutput {
        body: Blob::new(body.to_string()),
        content_type: "application/json".into(),
        invocation_latency: Some(invocation_latency),
        input_token_count: counts.input,
        output_token_count: counts.output,
        cache_read_input_token_count: counts.cache_read,
        cache_write_input_token_count: counts.cache_write,
        performance_config_latency,
        service_tier,
    }
}
