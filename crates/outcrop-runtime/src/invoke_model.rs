//! `InvokeModel`: the model's own request and response bodies.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bedrock_runtime_smithy::{
    error::InvokeModelError,
    input::InvokeModelInput,
    model::{PerformanceConfigLatency, ServiceTierType, TokenUsage},
    output::InvokeModelOutput,
    types::Blob,
};
use outcrop_catalogue::{Model, Operation};
use outcrop_dialects::{CacheHeaders, Call, ChatResponder, usage_of_choices};
use outcrop_engine::{
    ConverseRequest, EngineError,
    observation::{Observation, carried},
};
use outcrop_wire::{Caller, off_executor};
use serde_json::Value;

use crate::{
    Runtime, choices,
    context::{Context, asker},
    error::Failure,
    guardrail::{Exchange, annotate, blocked_call},
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
    mut request: NativeRequest,
    caller: Caller,
) -> Result<InvokeModelOutput, EngineError> {
    let started = Instant::now();
    let read = request
        .read(runtime, &caller, Operation::InvokeModel)
        .await?;
    let (model, mut call, _stock) = (read.model, read.call, read.stock);
    let mut exchange = read.guardrail.open(runtime, &caller, &model).await?;
    let (latency, tier) = (request.latency, request.service_tier);
    let counts = Counts::default();
    if let Some(exchange) = exchange.as_mut()
        && let Some(body) = blocked_call(exchange, &mut call, &model).await?
    {
        let elapsed = Some(started.elapsed());
        return Ok(output(&body, &counts, elapsed, latency, tier));
    }
    let annotated = Arc::clone(&model);
    let (mut body, counts) = match call {
        Call::Converse(parts, responder) => {
            let request = request.converse(*parts, &model, caller, Operation::InvokeModel)?;
            converse(runtime, request, responder, exchange.as_mut()).await?
        }
        Call::Embed(parts, responder) => {
            let answer = runtime
                .engine
                .embed(parts.into_request(model, request.model_id, asker(caller)))
                .await?;
            let input = Some(i64::from(answer.input_tokens));
            (responder.response(&answer), Counts { input, ..counts })
        }
        Call::Rerank(parts, responder) => {
            let results = runtime
                .engine
                .rerank(parts.into_request(model, request.model_id, asker(caller)))
                .await?;
            (responder.response(&results), counts)
        }
        Call::Image(parts, responder) => {
            let engine = Arc::clone(&runtime.engine);
            let request = parts.into_request(model, request.model_id, asker(caller));
            // Drawing takes its time, however short the prompt is.
            let drawing = async move { engine.generate_images(request).await };
            let drawing = carried(Observation::current(), drawing);
            let images = off_executor(true, drawing).await?;
            (responder.response(&images), counts)
        }
    };
    if let Some(exchange) = &exchange {
        annotate(&mut body, exchange, &annotated);
    }
    let elapsed = Some(started.elapsed()).filter(|_| !counts.untimed);
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
    /// Whether not even the latency is told.
    untimed: bool,
}

impl Counts {
    /// Models with a prompt cache tell of it even where nothing was cached, most of them (recorded).
    fn of_chat(usage: &TokenUsage, model: &Model, responder: &dyn ChatResponder) -> Self {
        let caches = model.capabilities.prompt_caching;
        let headers = responder.cache_headers();
        let told = |count: Option<i32>| caches.then(|| i64::from(count.unwrap_or_default()));
        let read = told(usage.cache_read_input_tokens);
        let written = told(usage.cache_write_input_tokens);
        Self {
            input: usage.input_tokens.map(i64::from),
            output: usage.output_tokens.map(i64::from),
            cache_read: read.filter(|_| headers != CacheHeaders::Neither),
            cache_write: match headers {
                CacheHeaders::Neither => None,
                CacheHeaders::Read => written.filter(|tokens| *tokens > 0),
                CacheHeaders::Both => written,
            },
            untimed: false,
        }
    }
}

async fn converse(
    runtime: &Runtime,
    mut request: ConverseRequest,
    responder: Box<dyn ChatResponder>,
    mut exchange: Option<&mut Exchange>,
) -> Result<(Value, Counts), EngineError> {
    let model = Arc::clone(&request.model);
    if let Some(exchange) = &mut exchange
        && let Some(body) = exchange
            .native_input(&mut request, responder.as_ref())
            .await?
    {
        // Recorded: Claude tells nothing in headers then, Llama its latency.
        let untimed = model.provider == "Anthropic";
        let counts = Counts::default();
        return Ok((body, Counts { untimed, ..counts }));
    }
    let engine = &*runtime.engine;
    let mut answers = choices::answers(engine, request, responder.choices()).await?;
    let usage = usage_of_choices(&answers);
    let counts = Counts::of_chat(&usage, &model, responder.as_ref());
    if let Some(exchange) = exchange {
        for answer in &mut answers {
            exchange.native_whole(answer, responder.as_ref()).await?;
        }
    }
    Ok((responder.responses(&answers), counts))
}

fn output(
    body: &Value,
    counts: &Counts,
    invocation_latency: Option<Duration>,
    performance_config_latency: Option<PerformanceConfigLatency>,
    service_tier: Option<ServiceTierType>,
) -> InvokeModelOutput {
    InvokeModelOutput {
        body: Blob::new(body.to_string()),
        content_type: "application/json".into(),
        invocation_latency: invocation_latency
            .map(|elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)),
        input_token_count: counts.input,
        output_token_count: counts.output,
        cache_read_input_token_count: counts.cache_read,
        cache_write_input_token_count: counts.cache_write,
        performance_config_latency,
        service_tier,
    }
}
