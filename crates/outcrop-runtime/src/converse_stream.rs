//! `ConverseStream`: the answer as it comes.

use std::sync::Arc;

use bedrock_runtime_smithy::{
    error::{ConverseStreamError, ConverseStreamOutputError},
    input::ConverseStreamInput,
    output::ConverseStreamOutput,
};
use futures_util::{Stream, StreamExt};
use outcrop_catalogue::Operation;
use outcrop_engine::{EventStream, StreamEvent};
use outcrop_wire::padding;

use crate::{
    Inference, Runtime, call,
    context::Context,
    error::Prefixed,
    guardrail::{guarded, without_reasoning},
};

pub(crate) async fn converse_stream(
    runtime: Arc<Runtime>,
    input: ConverseStreamInput,
    context: Context,
) -> Result<ConverseStreamOutput, ConverseStreamError> {
    let seed = context.padding_seed();
    let inference = Inference::from(input);
    let started = call::start(
        &runtime,
        inference,
        context.caller,
        Operation::ConverseStream,
    )
    .await;
    let call = started.map_err(Prefixed::from)?;
    let events: EventStream = match call.exchange {
        Some(exchange) => Box::pin(guarded(exchange, call.events)),
        None => call.events,
    };
    Ok(ConverseStreamOutput {
        stream: padded(events, seed).into(),
    })
}

fn padded(
    events: EventStream,
    seed: u64,
) -> impl Stream<Item = Result<StreamEvent, ConverseStreamOutputError>> + Send + Sync {
    events.enumerate().map(move |(index, event)| match event {
        Ok(mut event) => {
            without_reasoning(&mut event);
            *padding_of(&mut event) = Some(padding(seed, index as u64).to_owned());
            Ok(event)
        }
        Err(error) => Err(Prefixed::from(error).into()),
    })
}

/// Every event has a place for padding; exceptions have none.
fn padding_of(event: &mut StreamEvent) -> &mut Option<String> {
    match event {
        StreamEvent::MessageStart(event) => &mut event.p,
        StreamEvent::ContentBlockStart(event) => &mut event.p,
        StreamEvent::ContentBlockDelta(event) => &mut event.p,
        StreamEvent::ContentBlockStop(event) => &mut event.p,
        StreamEvent::MessageStop(event) => &mut event.p,
        StreamEvent::Metadata(event) => &mut event.p,
    }
}
