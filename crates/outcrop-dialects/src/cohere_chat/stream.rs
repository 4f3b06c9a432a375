//! An answer's events as chunks.

use bedrock_runtime_smithy::model::{
    ContentBlockDelta, ContentBlockStart, ConverseStreamMetadataEvent, StopReason, TokenUsage,
};
use outcrop_engine::StreamEvent;
use serde_json::{Map, Value, json};

use super::response::{Reply, Responder, finish_reason, meta};
use crate::metrics::{self, CacheCounts};
use crate::{ChatStream, Timing};

/// Says the events of one answer. Calls are told together, once all of them are known.
pub(super) struct EventStream {
    responder: Responder,
    reply: Reply,
    /// The name of the call in the making, and its input so far.
    call: Option<(String, String)>,
    /// What the block in the making cites, and its text so far.
    sources: Vec<String>,
    cited: String,
    stop: StopReason,
}

impl EventStream {
    pub(super) fn new(responder: Responder) -> Self {
        Self {
            responder,
            reply: Reply::default(),
            call: None,
            sources: Vec::new(),
            cited: String::new(),
            stop: StopReason::EndTurn,
        }
    }

    fn delta(&mut self, delta: ContentBlockDelta) -> Vec<Value> {
        match delta {
            ContentBlockDelta::Text(text) => {
                if self.sources.is_empty() {
                    self.reply.text.push_str(&text);
                } else {
                    self.cited.push_str(&text);
                }
                vec![json!({"is_finished": false, "event_type": "text-generation", "text": text})]
            }
            ContentBlockDelta::ToolUse(delta) => {
                if let Some((_, input)) = &mut self.call {
                    input.push_str(&delta.input.unwrap_or_default());
                }
                Vec::new()
            }
            ContentBlockDelta::Citation(citation) => {
                let (source, title) = (citation.source.as_deref(), citation.title.as_deref());
                self.sources
                    .extend(self.responder.document_id(source, title));
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn block_stop(&mut self) -> Vec<Value> {
        if let Some((name, input)) = self.call.take() {
            let parameters = serde_json::from_str(&input).unwrap_or_else(|_| json!({}));
            self.reply
                .tool_calls
                .push(json!({"name": name, "parameters": parameters}));
        }
        let (cited, sources) = (
            std::mem::take(&mut self.cited),
            std::mem::take(&mut self.sources),
        );
        let citation = self.reply.cite(&cited, &sources);
        let chunk = citation.map(|citation| {
            json!({"is_finished": false, "event_type": "citation-generation", "citations": [citation]})
        });
        chunk.into_iter().collect()
    }

    fn end(&mut self, event: ConverseStreamMetadataEvent, timing: Timing) -> Vec<Value> {
        let usage = event.usage.unwrap_or_else(|| TokenUsage::builder().build());
        let mut chunks = Vec::new();
        if !self.reply.tool_calls.is_empty() {
            let mut calls = Map::new();
            let mut put = |name: &str, value: Value| calls.insert(name.to_owned(), value);
            put("is_finished", json!(false));
            put("event_type", json!("tool-calls-generation"));
            if !self.reply.text.is_empty() {
                put("text", json!(self.reply.text));
            }
            put("tool_calls", json!(self.reply.tool_calls));
            chunks.push(Value::Object(calls));
        }
        let mut response = self.responder.response(&self.reply, self.stop);
        response["meta"] = meta(&usage);
        let mut last = json!({
            "is_finished": true,
            "event_type": "stream-end",
            "response": response,
            "finish_reason": finish_reason(self.stop),
        });
        metrics::add(&mut last, &usage, timing, CacheCounts::WhenUsed);
        chunks.push(last);
        chunks
    }
}

impl ChatStream for EventStream {
    fn chunks(&mut self, event: StreamEvent, timing: Timing) -> Vec<Value> {
        match event {
            StreamEvent::ContentBlockStart(event) => {
                if let Some(ContentBlockStart::ToolUse(start)) = event.start {
                    self.call = Some((start.name.unwrap_or_default(), String::new()));
                }
                Vec::new()
            }
            StreamEvent::ContentBlockDelta(event) => event
                .delta
                .map(|delta| self.delta(delta))
                .unwrap_or_default(),
            StreamEvent::ContentBlockStop(_) => self.block_stop(),
            StreamEvent::MessageStop(event) => {
                self.stop = event.stop_reason.unwrap_or(StopReason::EndTurn);
                Vec::new()
            }
            StreamEvent::Metadata(event) => self.end(event, timing),
            StreamEvent::MessageStart(_) => Vec::new(),
        }
    }
}
