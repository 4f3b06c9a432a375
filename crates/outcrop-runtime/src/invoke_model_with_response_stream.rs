//! `InvokeModelWithResponseStream`: the model's own chunks as they come.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bedrock_runtime_smithy::{
    error::{InvokeModelWithResponseStreamError, ResponseStreamError},
    input::InvokeModelWithResponseStreamInput,
    model::{PayloadPart, ResponseStream},
    output::InvokeModelWithResponseStreamOutput,
    types::Blob,
};
use futures_util::{Stream, StreamExt, stream};
use outcrop_catalogue::Operation;
use outcrop_dialects::{ChatStream, Timing};
use outcrop_engine::{EngineError, EventStream};
use outcrop_wire::padding;

use crate::{
    Runtime, choices,
    context::Context,
    error::{self, Failure},
    guardrail::{Exchange, NativeGuard},
    judge::judged,
    native::{self, NativeRequest},
};

pub(crate) async fn invoke_model_with_response_stream(
    runtime: Arc<Runtime>,
    input: InvokeModelWithResponseStreamInput,
    context: Context,
) -> Result<InvokeModelWithResponseStreamOutput, InvokeModelWithResponseStreamError> {
    let request = NativeRequest::from(input);
    Ok(answer(&runtime, request, context).await.map_err(Failure)?)
}

async fn answer(
    runtime: &Runtime,
    mut request: NativeRequest,
    context: Context,
) -> Result<InvokeModelWithResponseStreamOutput, EngineError> {
    const OPERATION: Operation = Operation::InvokeModelWithResponseStream;
    let started = Instant::now();
    let seed = context.padding_seed();
    let (latency, service_tier) = (request.latency, request.service_tier);
    let read = request.read(runtime, &context.caller, OPERATION).await?;
    let (parts, responder) = native::chat(read.call)?;
    responder
        .check_stream()
        .map_err(|refusal| error::from_dialect(&refusal))?;
    let mut exchange = read
        .guardrail
        .open(runtime, &context.caller, &read.model)
        .await?;
    let mut request = request.converse(parts, &read.model, context.caller, OPERATION)?;
    let blocked = match &mut exchange {
        Some(exchange) => exchange.native_blocked(&mut request).await?,
        None => None,
    };
    let input_tokens = if responder.tells_input_first() {
        runtime.engine.count_tokens(request.clone()).await?
    } else {
        0
    };
    let events = match &blocked {
        Some(_) => Box::pin(stream::empty()),
        None => choices::events(&*runtime.engine, request, responder.choices()).await?,
    };
    let events = match exchange.as_ref().and_then(Exchange::judging) {
        Some(judging) if blocked.is_none() => judged(judging, events),
        _ => events,
    };
    let answer = Native {
        started,
        first_byte: None,
        dialect: responder.stream(input_tokens),
        guard: exchange.map(|exchange| NativeGuard::new(exchange, read.model, blocked, seed)),
    };
    let events = answer
        .guard
        .as_ref()
        .and_then(NativeGuard::instead)
        .unwrap_or(events);
    Ok(InvokeModelWithResponseStreamOutput {
        body: padded(answer.chunks(events), seed).into(),
        content_type: "application/json".into(),
        performance_config_latency: latency,
        service_tier,
    })
}

/// An answer on its way into the model's own words.
struct Native {
    started: Instant,
    first_byte: Option<Duration>,
    dialect: Box<dyn ChatStream>,
    guard: Option<NativeGuard>,
}

type Chunk = Result<Vec<u8>, ResponseStreamError>;

impl Native {
    fn chunks(mut self, events: EventStream) -> impl Stream<Item = Chunk> + Send + Sync {
        events.flat_map(move |event| {
            let elapsed = self.started.elapsed();
            let timing = Timing {
                first_byte_latency: *self.first_byte.get_or_insert(elapsed),
                invocation_latency: elapsed,
            };
            let chunks: Vec<Chunk> = match event {
                Ok(event) => {
                    let dialect = self.dialect.as_mut();
                    let chunks = match &mut self.guard {
                        Some(guard) => guard.chunks(event, dialect, timing),
                        None => dialect.chunks(event, timing),
                    };
                    let chunks = chunks.into_iter();
                    chunks
                        .map(|chunk| Ok(chunk.to_string().into_bytes()))
                        .collect()
                }
                Err(error) => vec![Err(Failure(error).into())],
            };
            stream::iter(chunks)
        })
    }
}

fn padded(
    chunks: impl Stream<Item = Chunk> + Send + Sync,
    seed: u64,
) -> impl Stream<Item = Result<ResponseStream, ResponseStreamError>> + Send + Sync {
    chunks.enumerate().map(move |(index, chunk)| {
        let p = Some(padding(seed, index as u64).to_owned());
        chunk.map(|bytes| {
            ResponseStream::Chunk(PayloadPart {
                bytes: Some(Blob::new(bytes)),
                p,
            })
        })
    })
}
