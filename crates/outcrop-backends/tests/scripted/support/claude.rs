//! A server that speaks Anthropic's messages, and requests for it.

use outcrop_backends::{AnthropicEngine, Kind};
use outcrop_catalogue::Catalogue;
use outcrop_engine::ConverseRequest;
use serde_json::{Value, json};

use super::{Backend, Reply, Step, ask, patient};

/// Requests and answers of this kind.
pub(crate) struct Claude;

impl Claude {
    /// A question to a model of Anthropic's.
    pub(crate) fn ask(text: &str) -> ConverseRequest {
        let catalogue = Catalogue::builtin().unwrap();
        let id = "anthropic.claude-sonnet-4-5-20250929-v1:0";
        ConverseRequest {
            model: catalogue.model(id).unwrap().clone(),
            model_id: format!("us.{id}"),
            ..ask(text)
        }
    }

    /// One event as a server writes it.
    pub(crate) fn event(event: &Value) -> Vec<u8> {
        let name = event["type"].as_str().unwrap();
        format!("event: {name}\ndata: {event}\n\n").into_bytes()
    }

    /// The events of an answer that says `text`.
    pub(crate) fn events(text: &str) -> Vec<Value> {
        let usage = json!({"input_tokens": 5, "output_tokens": 1});
        let message = json!({"id": "msg_1", "type": "message", "role": "assistant", "content": [], "usage": usage});
        let block = json!({"type": "text", "text": ""});
        let delta = json!({"type": "text_delta", "text": text});
        vec![
            json!({"type": "message_start", "message": message}),
            json!({"type": "content_block_start", "index": 0, "content_block": block}),
            json!({"type": "ping"}),
            json!({"type": "content_block_delta", "index": 0, "delta": delta}),
            json!({"type": "content_block_stop", "index": 0}),
            json!({"type": "message_delta", "delta": {"stop_reason": "end_turn"}, "usage": {"output_tokens": 3}}),
            json!({"type": "message_stop"}),
        ]
    }

    /// A stream of these events, each sent on its own.
    pub(crate) fn reply(events: &[Value]) -> Reply {
        let steps = events.iter().map(|event| Step::Send(Self::event(event)));
        Reply::steps(steps.collect())
    }
}

/// An engine for the server.
pub(crate) fn claude(backend: &Backend) -> AnthropicEngine {
    let mut settings = patient(&backend.url);
    settings.kind = Kind::Anthropic;
    settings.models = "anthropic.*=claude".parse().unwrap();
    AnthropicEngine::new(settings).unwrap()
}
