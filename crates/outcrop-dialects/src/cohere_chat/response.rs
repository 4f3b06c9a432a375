//! A whole answer.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, CitationsContentBlock, ContentBlock, StopReason, TokenUsage,
};
use outcrop_engine::{Answer, document};
use serde_json::{Map, Value, json};

use super::stream::EventStream;
use crate::{ChatResponder, ChatStream, id};

/// Answers Command R's bodies.
#[derive(Debug, Clone)]
pub(super) struct Responder {
    /// The native request.
    pub(super) body: Value,
    /// A hash of the model, which all ids of its responses begin with (recorded).
    pub(super) deployment: u64,
    /// A hash of the request.
    pub(super) request: u64,
}

/// What an answer says.
#[derive(Debug, Default)]
pub(super) struct Reply {
    pub(super) text: String,
    pub(super) citations: Vec<Value>,
    pub(super) tool_calls: Vec<Value>,
}

impl Reply {
    /// Adds a cited text, which reaches from where the text so far ends.
    pub(super) fn cite(&mut self, text: &str, documents: &[String]) -> Option<Value> {
        let start = self.text.chars().count();
        self.text.push_str(text);
        if documents.is_empty() {
            return None;
        }
        let end = start + text.chars().count();
        let citation = json!({"start": start, "end": end, "text": text, "document_ids": documents});
        self.citations.push(citation.clone());
        Some(citation)
    }
}

impl Responder {
    /// The members of a response, of which those that are empty are not told.
    pub(super) fn response(&self, reply: &Reply, stop: StopReason) -> Value {
        let mut response = Map::new();
        let mut put = |name: &str, value: Value| response.insert(name.to_owned(), value);
        #[expect(clippy::cast_possible_truncation, reason = "eight digits are told")]
        let deployment = self.deployment as u32;
        put(
            "response_id",
            json!(format!("{deployment:08x}/{}", id::uuid(self.request, 0))),
        );
        put("text", json!(reply.text));
        put("generation_id", json!(self.generation_id()));
        put("chat_history", self.history(reply));
        put("finish_reason", json!(finish_reason(stop)));
        if !reply.citations.is_empty() {
            put("citations", json!(reply.citations));
            put("documents", self.body["documents"].clone());
        }
        if !reply.tool_calls.is_empty() {
            put("tool_calls", json!(reply.tool_calls));
        }
        if self.body["return_prompt"] == true {
            put("prompt", self.body["message"].clone());
        }
        Value::Object(response)
    }

    /// The id of what a citation names: its own, or one that follows from its place among the documents (documented).
    pub(super) fn document_id(&self, source: Option<&str>, title: Option<&str>) -> Option<String> {
        let named = |document: &Value| {
            let is =
                |name: &str, text: Option<&str>| text.is_some() && document[name].as_str() == text;
            is("url", source) || is("id", source) || (source.is_none() && is("title", title))
        };
        let documents = self.body["documents"].as_array();
        let place = documents.and_then(|documents| documents.iter().position(named));
        let own = place.and_then(|place| self.body["documents"][place]["id"].as_str());
        let id = own.map(str::to_owned);
        id.or_else(|| place.map(|place| format!("doc_{place}")))
            .or_else(|| source.or(title).map(str::to_owned))
    }

    fn sources(&self, block: &CitationsContentBlock) -> Vec<String> {
        let citations = block.citations.iter().flatten();
        citations
            .filter_map(|citation| {
                self.document_id(citation.source.as_deref(), citation.title.as_deref())
            })
            .collect()
    }

    fn generation_id(&self) -> String {
        id::uuid(self.request, 1)
    }

    fn history(&self, reply: &Reply) -> Value {
        let history = self.body["chat_history"].as_array();
        let mut history = history.cloned().unwrap_or_default();
        history.push(json!({"role": "USER", "message": self.body["message"]}));
        let mut said = json!({"role": "CHATBOT", "message": reply.text});
        if !reply.tool_calls.is_empty() {
            said["tool_calls"] = json!(reply.tool_calls);
        }
        history.push(said);
        Value::Array(history)
    }
}

impl ChatResponder for Responder {
    fn response(&self, answer: &Answer) -> Value {
        let mut reply = Reply::default();
        for block in &answer.message.content {
            match block {
                ContentBlock::Text(text) => reply.text.push_str(text),
                ContentBlock::CitationsContent(block) => {
                    reply.cite(&cited_text(block), &self.sources(block));
                }
                ContentBlock::ToolUse(call) => {
                    let parameters = document::to_value(&call.input);
                    reply
                        .tool_calls
                        .push(json!({"name": call.name, "parameters": parameters}));
                }
                _ => {}
            }
        }
        self.response(&reply, answer.stop_reason)
    }

    fn stream(&self, _input_tokens: u32) -> Box<dyn ChatStream> {
        Box::new(EventStream::new(self.clone()))
    }
}

/// `STOP_SEQUENCE` and `MAX_TOKENS` are recorded; the end of calls is `COMPLETE` (documented).
pub(super) fn finish_reason(stop: StopReason) -> &'static str {
    match stop {
        StopReason::MaxTokens | StopReason::ModelContextWindowExceeded => "MAX_TOKENS",
        StopReason::StopSequence => "STOP_SEQUENCE",
        StopReason::ContentFiltered | StopReason::GuardrailIntervened => "ERROR_TOXIC",
        _ => "COMPLETE",
    }
}

/// The counts that only streams tell.
pub(super) fn meta(usage: &TokenUsage) -> Value {
    let counts = json!({
        "input_tokens": usage.input_tokens.unwrap_or_default(),
        "output_tokens": usage.output_tokens.unwrap_or_default(),
    });
    json!({"api_version": {"version": "1"}, "billed_units": counts, "tokens": counts})
}

fn cited_text(block: &CitationsContentBlock) -> String {
    let parts = block.content.iter().flatten();
    parts
        .map(|CitationGeneratedContent::Text(text)| text.as_str())
        .collect()
}
