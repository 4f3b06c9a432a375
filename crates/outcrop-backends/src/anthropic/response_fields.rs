//! What an answer carries in `additionalModelResponseFields`.

use aws_smithy_types::Document;
use serde_json::{Map, Value};

use crate::json::select;

/// Collects the message that the events make up, without its content, where a request asks for parts
/// of it.
///
/// The paths lead into the message, and into the `delta` of its end: either is what clients ask for
/// (recorded for streams, documented for whole answers).
#[derive(Debug)]
pub(super) struct ResponseFields {
    paths: Vec<String>,
    message: Map<String, Value>,
}

impl ResponseFields {
    /// Nothing to collect where no path asks.
    pub(super) fn new(paths: Vec<String>) -> Option<Self> {
        (!paths.is_empty()).then(|| Self {
            paths,
            message: Map::new(),
        })
    }

    /// Takes an event.
    pub(super) fn feed(&mut self, event: &[u8]) {
        let Ok(Value::Object(mut event)) = serde_json::from_slice(event) else {
            return;
        };
        let kind = event.get("type").and_then(Value::as_str);
        match kind.unwrap_or_default() {
            "message" => self.keep(event),
            "message_start" => {
                if let Some(Value::Object(message)) = event.remove("message") {
                    self.keep(message);
                }
            }
            "message_delta" => {
                let delta = event.get("delta").cloned();
                if let Some(Value::Object(delta)) = delta {
                    self.keep(delta);
                }
                event.remove("type");
                self.keep(event);
            }
            _ => {}
        }
    }

    fn keep(&mut self, mut members: Map<String, Value>) {
        members.remove("content");
        self.message.extend(members);
    }

    /// What the paths lead to.
    pub(super) fn finish(self) -> Option<Document> {
        select(&self.paths, &[&Value::Object(self.message)])
    }
}
