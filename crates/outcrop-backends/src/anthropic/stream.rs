//! Events of a message as Converse events. A state machine without I/O.

use bedrock_runtime_smithy::model::{MessageStopEvent, StopReason};
use outcrop_engine::{StreamEvent, document};
use serde_json::{Map, Value, json};

use super::{
    citation,
    event::{Block, Delta, Event},
    response_fields::ResponseFields,
    usage::Usage,
};
use crate::{
    answer::{Chunks, Progress},
    blocks::{Blocks, Kind},
    error::{Fault, reason},
    openai::{estimated, tool_use_id},
};

/// What an answer's events depend on besides its own.
#[derive(Debug, Default)]
pub(crate) struct Expectations {
    /// Bytes of the request, for an estimate of its tokens.
    pub(crate) input_bytes: usize,
    /// Hash of the request, for the ids that a server leaves out.
    pub(crate) seed: u64,
    /// Whether the request asks for a cache.
    pub(crate) caches: bool,
    /// The request's `additionalModelResponseFieldPaths`.
    pub(crate) field_paths: Vec<String>,
}

/// One answer on its way.
#[derive(Debug)]
pub(crate) struct MessageStream {
    blocks: Blocks,
    /// The server's index of the block that is open.
    open: Option<u64>,
    fields: Option<ResponseFields>,
    usage: Usage,
    stop_reason: Option<String>,
    caches: bool,
    seed: u64,
    calls: usize,
    input_bytes: usize,
    output_bytes: usize,
    /// Whether there was any content.
    answered: bool,
}

impl MessageStream {
    pub(crate) fn new(expectations: Expectations) -> Self {
        Self {
            blocks: Blocks::default(),
            open: None,
            fields: ResponseFields::new(expectations.field_paths),
            usage: Usage::default(),
            stop_reason: None,
            caches: expectations.caches,
            seed: expectations.seed,
            calls: 0,
            input_bytes: expectations.input_bytes,
            output_bytes: 0,
            answered: false,
        }
    }

    /// Takes an event, and says whether it is the last.
    fn event(&mut self, event: Event) -> Result<Progress, Fault> {
        let index = event.index.unwrap_or_default();
        match event.r#type.as_str() {
            "message_start" => {
                let usage = event.message.and_then(|message| message.usage);
                self.usage.update(&usage.unwrap_or_default());
            }
            "content_block_start" => self.block(index, event.content_block.unwrap_or_default()),
            "content_block_delta" => self.delta(index, event.delta.unwrap_or_default()),
            "content_block_stop" => self.close(),
            "message_delta" => {
                self.usage.update(&event.usage.unwrap_or_default());
                let reason = event.delta.and_then(|delta| delta.stop_reason);
                self.stop_reason = reason.or(self.stop_reason.take());
            }
            "message_stop" => return Ok(Progress::Done),
            "message" => {
                self.usage.update(&event.usage.unwrap_or_default());
                self.stop_reason = event.stop_reason;
                for (index, block) in (0..).zip(event.content.unwrap_or_default()) {
                    self.block(index, block);
                    self.close();
                }
                self.answered = true;
            }
            "" => {
                let cause = "an event has no type; the server may not speak Anthropic's messages";
                return Err(Fault::Malformed(cause.to_owned()));
            }
            // Pings say nothing, and later kinds of events are to be passed over (documented).
            _ => {}
        }
        Ok(Progress::More)
    }

    /// Opens a block.
    fn block(&mut self, index: u64, block: Block) {
        self.close();
        self.answered = true;
        self.open = Some(index);
        match block.r#type.as_str() {
            "text" => {
                self.blocks.within(Kind::Text);
                for cited in block.citations.iter().flatten() {
                    self.blocks.citation(citation::read(cited));
                }
                self.text(block.text.unwrap_or_default());
            }
            "thinking" => {
                self.blocks.within(Kind::Reasoning);
                self.thinking(block.thinking.unwrap_or_default());
                self.signature(block.signature.unwrap_or_default());
            }
            "redacted_thinking" => self.blocks.redacted(block.data.unwrap_or_default()),
            "tool_use" | "server_tool_use" | "mcp_tool_use" => self.call(block),
            kind if kind.ends_with("_tool_result") => {
                let id = self.id(block.tool_use_id.as_deref());
                let content = json!({"content": block.content});
                let content = document::to_document(&content);
                self.blocks.result(id, block.r#type, content);
            }
            // Nothing that Converse has a word for; its deltas are passed over.
            _ => self.open = None,
        }
    }

    fn call(&mut self, block: Block) {
        let id = self.id(block.id.as_deref());
        self.calls += 1;
        let name = block.name.unwrap_or_default();
        self.blocks.call(id, name, Some(block.r#type));
        // A stream tells the input in deltas, a whole message here.
        let input = block
            .input
            .filter(|input| !input.is_null() && !input.as_object().is_some_and(Map::is_empty));
        if let Some(input) = input {
            self.input(input.to_string());
        }
    }

    fn id(&self, told: Option<&str>) -> String {
        tool_use_id(told.unwrap_or_default(), self.seed, self.calls)
    }

    /// Adds to the block of that index. One that was not announced begins with its first delta.
    fn delta(&mut self, index: u64, delta: Delta) {
        if self.open != Some(index) {
            self.adopt(index, &delta);
        }
        if self.open != Some(index) {
            return;
        }
        if let Some(text) = delta.text {
            self.text(text);
        }
        if let Some(text) = delta.thinking {
            self.thinking(text);
        }
        if let Some(signature) = delta.signature {
            self.signature(signature);
        }
        if let Some(cited) = delta.citation {
            self.blocks.citation(citation::read(&cited));
        }
        if let Some(input) = delta.partial_json
            && self.blocks.in_tool()
        {
            self.input(input);
        }
    }

    fn adopt(&mut self, index: u64, delta: &Delta) {
        let kind = if delta.text.is_some() {
            Kind::Text
        } else if delta.thinking.is_some() {
            Kind::Reasoning
        } else {
            return;
        };
        self.close();
        self.answered = true;
        self.open = Some(index);
        self.blocks.within(kind);
    }

    fn text(&mut self, text: String) {
        self.output_bytes += text.len();
        if !text.is_empty() {
            self.blocks.text(text);
        }
    }

    fn thinking(&mut self, text: String) {
        self.output_bytes += text.len();
        if !text.is_empty() {
            self.blocks.reasoning(text);
        }
    }

    fn signature(&mut self, signature: String) {
        if !signature.is_empty() {
            self.blocks.signature(signature);
        }
    }

    /// An empty piece is told too, as the service does (recorded).
    fn input(&mut self, json: String) {
        self.output_bytes += json.len();
        self.blocks.input(json);
    }

    fn close(&mut self) {
        self.open = None;
        self.blocks.close();
    }

    fn reason(&self) -> StopReason {
        match self.stop_reason.as_deref() {
            Some("max_tokens") => StopReason::MaxTokens,
            Some("stop_sequence") => StopReason::StopSequence,
            Some("tool_use") => StopReason::ToolUse,
            Some("refusal") => StopReason::ContentFiltered,
            Some("model_context_window_exceeded") => StopReason::ModelContextWindowExceeded,
            _ => StopReason::EndTurn,
        }
    }
}

impl Chunks for MessageStream {
    fn feed(&mut self, data: &[u8]) -> Result<Progress, Fault> {
        // Some compatible servers end as those of the other kind do.
        if data == b"[DONE]" {
            return Ok(Progress::Done);
        }
        if !data.trim_ascii_start().starts_with(b"{") {
            return Err(Fault::Malformed("an event is no JSON object".to_owned()));
        }
        let event: Event =
            serde_json::from_slice(data).map_err(|error| Fault::Malformed(error.to_string()))?;
        if event.r#type == "error"
            || event
                .error
                .as_ref()
                .is_some_and(|error: &Value| !error.is_null())
        {
            let (status, reason) = reason(data);
            return Err(Fault::Reported { status, reason });
        }
        if let Some(fields) = &mut self.fields {
            fields.feed(data);
        }
        self.event(event)
    }

    fn finish(&mut self, done: bool, latency_ms: i64) -> Result<(), Fault> {
        let is_whole = self.has_stopped() || (done && self.answered);
        if !is_whole {
            return Err(Fault::Incomplete);
        }
        let stop = MessageStopEvent {
            additional_model_response_fields: self.fields.take().and_then(ResponseFields::finish),
            p: None,
            stop_reason: Some(self.reason()),
        };
        let usage = self.usage.counted(self.caches);
        let usage = usage.unwrap_or_else(|| estimated(self.input_bytes, self.output_bytes));
        self.blocks.end(stop, usage, latency_ms);
        Ok(())
    }

    fn pop(&mut self) -> Option<StreamEvent> {
        self.blocks.pop()
    }

    fn has_events(&self) -> bool {
        self.blocks.has_events()
    }

    fn has_stopped(&self) -> bool {
        self.stop_reason.is_some()
    }
}

#[cfg(test)]
mod tests;
