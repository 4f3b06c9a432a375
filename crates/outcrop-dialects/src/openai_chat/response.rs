//! A whole answer.

use bedrock_runtime_smithy::model::{
    CitationGeneratedContent, ContentBlock, ReasoningContentBlock, StopReason, TokenUsage,
    ToolUseBlock,
};
use outcrop_catalogue::Model;
use outcrop_engine::{Answer, document};
use serde_json::{Map, Value, json};

use super::stream::ChoiceStream;
use super::{Variant, error};
use crate::{ChatResponder, ChatStream, DialectError, choices, id};

/// A moment that is always the same: answers tell no time.
const CREATED: u32 = 1_767_225_600;

/// The tags around reasoning that is part of the text.
pub(super) const REASONING: &str = "<reasoning>";
pub(super) const REASONING_END: &str = "</reasoning>";

/// Answers the bodies of one variant.
#[derive(Debug, Clone)]
pub(super) struct Responder {
    pub(super) variant: Variant,
    id: String,
    model: String,
    /// How many choices are asked for.
    choices: u32,
}

impl Responder {
    /// `request` is a hash of the request.
    pub(super) fn new(variant: Variant, model: &Model, request: u64, choices: u32) -> Self {
        let name = model
            .id
            .split_once('.')
            .map_or(model.id.as_str(), |(_, name)| name);
        Self {
            variant,
            id: format!("chatcmpl-{}", id::uuid(request, 0)),
            model: name.to_owned(),
            choices,
        }
    }

    /// A body with its choices, its members in the variant's order.
    pub(super) fn body(
        &self,
        object: &str,
        choices: &[Value],
        usage: Option<&TokenUsage>,
    ) -> Value {
        let usage = usage.map(counts);
        match self.variant {
            Variant::Mistral => json!({"choices": choices}),
            Variant::Jamba => {
                let mut body = json!({"id": self.id, "choices": choices});
                if let (Some(usage), Value::Object(members)) = (usage, &mut body) {
                    members.insert("usage".to_owned(), usage);
                    members.insert("meta".to_owned(), json!({"requestDurationMillis": 0}));
                    members.insert("model".to_owned(), json!(self.model));
                }
                body
            }
            Variant::OpenAi | Variant::GptOss => {
                let mut body = json!({
                    "choices": choices,
                    "created": CREATED,
                    "id": self.id,
                    "model": self.model,
                    "object": object,
                });
                if let (Some(usage), Value::Object(members)) = (usage, &mut body) {
                    members.insert("usage".to_owned(), usage);
                }
                body
            }
        }
    }

    /// A choice; `part` is its `message` or `delta`, which `name` says.
    pub(super) fn choice(
        &self,
        index: u32,
        name: &str,
        part: Value,
        reason: Option<StopReason>,
    ) -> Value {
        let mut choice = Map::new();
        choice.insert("index".to_owned(), json!(index));
        choice.insert(name.to_owned(), part);
        let stop = if self.variant == Variant::Mistral {
            "stop_reason"
        } else {
            "finish_reason"
        };
        choice.insert(stop.to_owned(), json!(reason.map(finish_reason)));
        Value::Object(choice)
    }
}

impl Responder {
    fn message(&self, answer: &Answer) -> Value {
        let (mut text, mut reasoning, mut calls) = (String::new(), String::new(), Vec::new());
        for block in &answer.message.content {
            match block {
                ContentBlock::Text(piece) => text.push_str(piece),
                ContentBlock::CitationsContent(block) => {
                    let parts = block.content.iter().flatten();
                    text.extend(parts.map(|CitationGeneratedContent::Text(piece)| piece.as_str()));
                }
                ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block)) => {
                    reasoning.push_str(&block.text);
                }
                ContentBlock::ToolUse(call) => calls.push(tool_call(call)),
                _ => {}
            }
        }
        if self.variant == Variant::GptOss && !reasoning.is_empty() {
            let reasoning = std::mem::take(&mut reasoning);
            text.insert_str(0, &format!("{REASONING}{reasoning}{REASONING_END}"));
        }
        let content = if text.is_empty() && !calls.is_empty() {
            Value::Null
        } else {
            json!(text)
        };
        let mut message = json!({"role": "assistant", "content": content, "tool_calls": null});
        if !calls.is_empty() {
            message["tool_calls"] = Value::Array(calls);
        }
        if !reasoning.is_empty() {
            message["reasoning_content"] = json!(reasoning);
        }
        message
    }
}

impl ChatResponder for Responder {
    fn response(&self, answer: &Answer) -> Value {
        self.responses(std::slice::from_ref(answer))
    }

    fn responses(&self, answers: &[Answer]) -> Value {
        let told = (0..).zip(answers).map(|(index, answer)| {
            let reason = Some(answer.stop_reason);
            self.choice(index, "message", self.message(answer), reason)
        });
        let told: Vec<_> = told.collect();
        let usage = choices::usage_of_choices(answers);
        self.body("chat.completion", &told, Some(&usage))
    }

    fn check_stream(&self) -> Result<(), DialectError> {
        if self.variant == Variant::Jamba && self.choices > 1 {
            return Err(error::several_streamed(self.choices));
        }
        Ok(())
    }

    fn stream(&self, _input_tokens: u32) -> Box<dyn ChatStream> {
        Box::new(ChoiceStream::new(self.clone()))
    }

    fn choices(&self) -> u32 {
        self.choices
    }
}

fn tool_call(call: &ToolUseBlock) -> Value {
    let arguments = document::to_value(&call.input).to_string();
    json!({
        "id": call.tool_use_id,
        "type": "function",
        "function": {"name": call.name, "arguments": arguments},
    })
}

fn finish_reason(reason: StopReason) -> &'static str {
    match reason {
        StopReason::MaxTokens | StopReason::ModelContextWindowExceeded => "length",
        StopReason::ToolUse => "tool_calls",
        StopReason::ContentFiltered | StopReason::GuardrailIntervened => "content_filter",
        _ => "stop",
    }
}

fn counts(usage: &TokenUsage) -> Value {
    json!({
        "prompt_tokens": usage.input_tokens.unwrap_or_default(),
        "completion_tokens": usage.output_tokens.unwrap_or_default(),
        "total_tokens": usage.total_tokens.unwrap_or_default(),
    })
}
