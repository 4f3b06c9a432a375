//! What the tests share.
#![expect(dead_code, reason = "each test takes what it needs")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

pub(crate) mod body;
pub(crate) mod command_r;
pub(crate) mod converse;
pub(crate) mod events;
pub(crate) mod native;
pub(crate) mod prompt;
pub(crate) mod prompt_writer;
pub(crate) mod skeleton;
pub(crate) mod talk;
pub(crate) mod writer;

use std::time::Duration;

use outcrop_catalogue::{Catalogue, Model};
use outcrop_dialects::{Call, ChatResponder, ConverseParts, Timing, dialect};
use outcrop_engine::{Answer, StreamEvent};
use serde_json::Value;

/// A model of the catalogue.
pub(crate) fn model(id: &str) -> Model {
    let catalogue = Catalogue::builtin().unwrap();
    let model = catalogue
        .model(id)
        .unwrap_or_else(|| panic!("no model {id}"));
    Model::clone(model)
}

/// A body as the dialect of a chat model understands it.
pub(crate) fn chat(
    model: &Model,
    body: &[u8],
) -> Result<(ConverseParts, Box<dyn ChatResponder>), String> {
    match dialect(model).request(model, body) {
        Ok(Call::Converse(parts, responder)) => Ok((*parts, responder)),
        Ok(_) => Err("not a chat".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// What an engine's events fold into.
pub(crate) fn fold(events: &[StreamEvent]) -> Answer {
    let events: Vec<_> = events.iter().cloned().map(Ok).collect();
    let folded = outcrop_engine::fold(Box::pin(futures_util::stream::iter(events)));
    futures_util::FutureExt::now_or_never(folded)
        .unwrap()
        .unwrap()
}

/// The chunks of a whole stream.
pub(crate) fn chunks(
    responder: &dyn ChatResponder,
    events: &[StreamEvent],
    input_tokens: u32,
) -> Vec<Value> {
    let mut stream = responder.stream(input_tokens);
    let timing = Timing {
        first_byte_latency: Duration::from_millis(120),
        invocation_latency: Duration::from_millis(345),
    };
    events
        .iter()
        .cloned()
        .flat_map(|event| stream.chunks(event, timing))
        .collect()
}
