//! A whole answer as a message.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, CitationsContentBlock, ContentBlock, ReasoningContentBlock,
    StopReason, ToolResultBlock, ToolResultContentBlock, ToolUseBlock,
};
use outcrop_catalogue::Model;
use outcrop_engine::{Answer, canned::tokenizer, document};
use serde_json::{Map, Value, json};

use super::generation::{Generation, short_name};
use super::stream::MessageStream;
use super::{citation, identity, rules, usage};
use crate::{CacheHeaders, ChatResponder, ChatStream, ConverseParts};

/// Answers Messages bodies.
#[derive(Debug, Clone)]
pub(super) struct Responder {
    pub(super) generation: Generation,
    pub(super) model: String,
    pub(super) id: String,
    /// The request's only stop sequence; without it, the engine has to say which one it was.
    stop_sequence: Option<String>,
    /// Whether the answer tells which edits were made to the context. None ever are here.
    edits: bool,
}

impl Responder {
    /// `request` is a hash of the request.
    pub(super) fn new(model: &Model, request: u64, parts: &ConverseParts) -> Self {
        let config = parts.inference_config.as_ref();
        let stop_sequence = match config.and_then(|config| config.stop_sequences.as_deref()) {
            Some([only]) => Some(only.clone()),
            _ => None,
        };
        let generation = Generation::of_answer(model, rules::cache_points(parts) > 0);
        Self {
            generation,
            model: short_name(model),
            id: identity::message(request, generation),
            stop_sequence,
            edits: parts
                .additional_model_request_fields
                .as_ref()
                .is_some_and(|fields| fields.get("context_management").is_some()),
        }
    }

    /// The member that tells which edits were made, where the body asked for some (documented).
    pub(super) fn applied_edits(&self) -> Option<(String, Value)> {
        let member = "context_management".to_owned();
        self.edits.then(|| (member, json!({"applied_edits": []})))
    }

    /// A message with the members in the generation's order.
    pub(super) fn message(&self, content: Vec<Value>, stop: &Stop, usage: Value) -> Value {
        let mut message = Map::new();
        let mut put = |name: &str, value: Value| message.insert(name.to_owned(), value);
        if self.generation >= Generation::Current {
            put("model", json!(self.model));
        }
        put("id", json!(self.id));
        put("type", json!("message"));
        put("role", json!("assistant"));
        // A member that is there already keeps its place.
        put("model", json!(self.model));
        put("content", Value::Array(content));
        message.extend(self.stop(stop));
        message.insert("usage".to_owned(), usage);
        Value::Object(message)
    }

    /// The members that tell why an answer stopped.
    pub(super) fn stop(&self, stop: &Stop) -> Map<String, Value> {
        let mut members = Map::new();
        members.insert("stop_reason".to_owned(), json!(stop.reason));
        members.insert("stop_sequence".to_owned(), json!(stop.sequence));
        if self.generation >= Generation::Current {
            members.insert("stop_details".to_owned(), stop.details());
        }
        members
    }

    /// Why an answer stopped. `fields` are the additional response fields.
    pub(super) fn why(&self, reason: StopReason, fields: Option<&Value>) -> Stop {
        let told = fields
            .and_then(|fields| fields.get("stop_sequence"))
            .and_then(Value::as_str);
        let sequence = told
            .map(str::to_owned)
            .or_else(|| self.stop_sequence.clone());
        Stop {
            reason: Some(stop_reason(reason)),
            sequence: sequence.filter(|_| reason == StopReason::StopSequence),
        }
    }
}

/// Why an answer stopped, or that it has not yet.
#[derive(Debug, Default)]
pub(super) struct Stop {
    reason: Option<&'static str>,
    sequence: Option<String>,
}

impl Stop {
    /// Only refusals have details (documented); the category of one is not known here.
    fn details(&self) -> Value {
        match self.reason {
            Some("refusal") => json!({"type": "refusal", "category": null, "explanation": null}),
            _ => Value::Null,
        }
    }
}

impl ChatResponder for Responder {
    fn response(&self, answer: &Answer) -> Value {
        let content = answer.message.content.iter().filter_map(block).collect();
        let fields = answer
            .additional_model_response_fields
            .as_ref()
            .map(document::to_value);
        let stop = self.why(answer.stop_reason, fields.as_ref());
        let thinking = answer.message.content.iter().map(thinking_tokens).sum();
        let usage = usage::whole(self.generation, &answer.usage, thinking);
        let mut message = self.message(content, &stop, usage);
        if let Value::Object(members) = &mut message {
            members.extend(self.applied_edits());
        }
        message
    }

    fn stream(&self, input_tokens: u32) -> Box<dyn ChatStream> {
        Box::new(MessageStream::new(self.clone(), input_tokens))
    }

    fn tells_input_first(&self) -> bool {
        true
    }

    /// As `usage` counts them, but that the newest models tell nothing of writing where nothing was
    /// written (recorded).
    fn cache_headers(&self) -> CacheHeaders {
        match self.generation {
            Generation::Classic => CacheHeaders::Neither,
            Generation::Newest => CacheHeaders::Read,
            _ => CacheHeaders::Both,
        }
    }
}

/// Reasons that Claude has no word for are the end of its turn.
fn stop_reason(reason: StopReason) -> &'static str {
    match reason {
        StopReason::MaxTokens => "max_tokens",
        StopReason::StopSequence => "stop_sequence",
        StopReason::ToolUse => "tool_use",
        StopReason::ContentFiltered => "refusal",
        StopReason::ModelContextWindowExceeded => "model_context_window_exceeded",
        _ => "end_turn",
    }
}

fn block(block: &ContentBlock) -> Option<Value> {
    Some(match block {
        ContentBlock::Text(text) => json!({"type": "text", "text": text}),
        ContentBlock::ToolUse(call) => tool_use(call),
        ContentBlock::ToolResult(result) => server_result(result),
        ContentBlock::CitationsContent(block) => cited_text(block),
        ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block)) => {
            let signature = block.signature.as_deref().unwrap_or_default();
            json!({"type": "thinking", "thinking": block.text, "signature": signature})
        }
        ContentBlock::ReasoningContent(ReasoningContentBlock::RedactedContent(data)) => {
            redacted_thinking(&String::from_utf8_lossy(data.as_ref()))
        }
        _ => return None,
    })
}

fn tool_use(call: &ToolUseBlock) -> Value {
    json!({
        "type": call.r#type.as_deref().unwrap_or("tool_use"),
        "id": identity::tool_use(&call.tool_use_id),
        "name": call.name,
        "input": document::to_value(&call.input),
    })
}

/// The inverse of how results of the provider's tools are read.
fn server_result(result: &ToolResultBlock) -> Value {
    let content = result.content.iter().find_map(|part| match part {
        ToolResultContentBlock::Json(value) => document::to_value(value).get("content").cloned(),
        ToolResultContentBlock::Text(text) => Some(json!(text)),
        _ => None,
    });
    json!({
        "type": result.r#type.as_deref().unwrap_or("tool_result"),
        "tool_use_id": identity::tool_use(&result.tool_use_id),
        "content": content,
    })
}

fn cited_text(block: &CitationsContentBlock) -> Value {
    let parts = block.content.iter().flatten();
    let text = parts
        .map(|CitationGeneratedContent::Text(text)| text.as_str())
        .collect::<String>();
    let citations: Vec<_> = block
        .citations
        .iter()
        .flatten()
        .map(citation::whole)
        .collect();
    json!({"type": "text", "text": text, "citations": citations})
}

pub(super) fn redacted_thinking(data: &str) -> Value {
    json!({"type": "redacted_thinking", "data": data})
}

fn thinking_tokens(block: &ContentBlock) -> u64 {
    match block {
        ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block)) => {
            tokenizer::count(&block.text)
        }
        _ => 0,
    }
}
