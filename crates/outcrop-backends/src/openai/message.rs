//! Turns as messages.

use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, GuardrailConverseContentBlock, Message, ReasoningContentBlock,
    SystemContentBlock,
};
use outcrop_engine::EngineError;
use serde_json::{Value, json};

use super::{
    content::{Parts, refuse},
    tool,
};

/// The member `messages`.
pub(super) fn messages(
    system: &[SystemContentBlock],
    turns: &[Message],
) -> Result<Vec<Value>, EngineError> {
    let mut messages = Vec::with_capacity(turns.len() + 1);
    messages.extend(system_message(system)?);
    let question = turns.iter().rposition(is_question).unwrap_or_default();
    for (place, turn) in turns.iter().enumerate() {
        match turn.role {
            ConversationRole::Assistant => messages.extend(assistant(turn, place > question)?),
            ConversationRole::User => user(turn, &mut messages)?,
            ConversationRole::System => {
                let mut parts = Parts::default();
                for block in &turn.content {
                    parts.block(block)?;
                }
                messages.push(json!({"role": "system", "content": parts.into_content()}));
            }
        }
    }
    Ok(messages)
}

/// All system prompts are one message: many chat templates take only one, and only at the start.
fn system_message(system: &[SystemContentBlock]) -> Result<Option<Value>, EngineError> {
    let mut texts = Vec::new();
    for block in system {
        match block {
            SystemContentBlock::Text(text) => texts.push(text.as_str()),
            SystemContentBlock::GuardContent(GuardrailConverseContentBlock::Text(guarded)) => {
                texts.push(&guarded.text);
            }
            SystemContentBlock::GuardContent(GuardrailConverseContentBlock::Image(_)) => {
                return Err(refuse("images in system prompts", "send them in a message"));
            }
            SystemContentBlock::CachePoint(_) => {}
        }
    }
    let message = json!({"role": "system", "content": texts.join("\n\n")});
    Ok((!texts.is_empty()).then_some(message))
}

/// Whether a user asks something here, rather than return what tools said.
fn is_question(turn: &Message) -> bool {
    let is_result = |block: &ContentBlock| matches!(block, ContentBlock::ToolResult(_));
    turn.role == ConversationRole::User && !turn.content.iter().any(is_result)
}

/// The results of tools, each a message that has to follow the call, then what else the user says.
fn user(turn: &Message, messages: &mut Vec<Value>) -> Result<(), EngineError> {
    let mut parts = Parts::default();
    for block in &turn.content {
        match block {
            ContentBlock::ToolResult(result) => messages.push(tool::result(result, &mut parts)?),
            block => parts.block(block)?,
        }
    }
    if !parts.is_empty() {
        messages.push(json!({"role": "user", "content": parts.into_content()}));
    }
    Ok(())
}

/// Reasoning goes back only while tools are being called for the last question: models are trained
/// without that of earlier turns, and some servers refuse it.
fn assistant(turn: &Message, thinks_on: bool) -> Result<Option<Value>, EngineError> {
    let (mut parts, mut calls, mut reasoning) = (Parts::default(), Vec::new(), String::new());
    for block in &turn.content {
        match block {
            ContentBlock::ToolUse(call) => calls.push(tool::call(call)),
            ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block)) => {
                reasoning.push_str(&block.text);
            }
            // Only who wrote it can read it.
            ContentBlock::ReasoningContent(ReasoningContentBlock::RedactedContent(_)) => {}
            block => parts.block(block)?,
        }
    }
    if parts.is_empty() && calls.is_empty() {
        return Ok(None);
    }
    let content = if parts.is_empty() {
        Value::Null
    } else {
        parts.into_content()
    };
    let mut message = json!({"role": "assistant", "content": content});
    if thinks_on && !reasoning.is_empty() {
        message["reasoning_content"] = json!(reasoning);
    }
    if !calls.is_empty() {
        message["tool_calls"] = Value::Array(calls);
    }
    Ok(Some(message))
}
