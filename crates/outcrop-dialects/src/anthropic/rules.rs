//! Rules of a conversation that concern more than one member.

use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, Message, SystemContentBlock, Tool, ToolChoice,
};

use super::error;
use crate::{ConverseParts, DialectError};

/// The most blocks of a body that may carry `cache_control`.
const CACHE_POINTS: usize = 4;

pub(super) fn check(parts: &ConverseParts, thinks: bool) -> Result<(), DialectError> {
    if parts.messages.is_empty() {
        return Err(error::no_messages());
    }
    check_content(&parts.messages)?;
    check_tool_results(&parts.messages)?;
    let choice = parts
        .tool_config
        .as_ref()
        .and_then(|config| config.tool_choice.as_ref());
    if thinks && matches!(choice, Some(ToolChoice::Any(_) | ToolChoice::Tool(_))) {
        return Err(error::thinking_tool_choice());
    }
    let count = cache_points(parts);
    if count > CACHE_POINTS {
        Err(error::too_many_cache_points(count))
    } else {
        Ok(())
    }
}

fn check_content(messages: &[Message]) -> Result<(), DialectError> {
    let last = messages.len() - 1;
    for (index, message) in messages.iter().enumerate() {
        let prefill = index == last && message.role == ConversationRole::Assistant;
        if message.content.is_empty() && !prefill {
            return Err(error::empty_content(index));
        }
        for block in &message.content {
            if matches!(block, ContentBlock::Text(text) if text.is_empty()) {
                return Err(error::empty_text("messages"));
            }
        }
        if prefill
            && let Some(ContentBlock::Text(text)) = message.content.last()
            && text.ends_with(char::is_whitespace)
        {
            return Err(error::trailing_whitespace());
        }
    }
    Ok(())
}

/// Turns of one role in a row count as one, so that results may be spread over them.
fn check_tool_results(messages: &[Message]) -> Result<(), DialectError> {
    let mut calls: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut role = None;
    for (index, message) in messages.iter().enumerate() {
        if role != Some(message.role) {
            if message.role == ConversationRole::Assistant {
                refuse_open(index, &open)?;
                calls.clear();
            }
            role = Some(message.role);
        }
        for (place, block) in message.content.iter().enumerate() {
            match block {
                ContentBlock::ToolUse(call) if call.r#type.is_none() => {
                    calls.push(&call.tool_use_id);
                    open.push(&call.tool_use_id);
                }
                ContentBlock::ToolResult(result) if result.r#type.is_none() => {
                    if !calls.contains(&result.tool_use_id.as_str()) {
                        return Err(error::surplus_tool_result(
                            index,
                            place,
                            &result.tool_use_id,
                        ));
                    }
                    open.retain(|id| *id != result.tool_use_id);
                }
                _ => {}
            }
        }
        let next = messages.get(index + 1).map(|next| next.role);
        if message.role == ConversationRole::User && next != Some(ConversationRole::User) {
            refuse_open(index, &open)?;
        }
    }
    refuse_open(messages.len(), &open)
}

/// `index` is that of the message that should have had the results; the error names the one before.
fn refuse_open(index: usize, open: &[&str]) -> Result<(), DialectError> {
    if open.is_empty() {
        Ok(())
    } else {
        Err(error::missing_tool_results(index.saturating_sub(1), open))
    }
}

/// How many blocks ask for caching.
pub(super) fn cache_points(parts: &ConverseParts) -> usize {
    let tools = parts.tool_config.iter().flat_map(|config| &config.tools);
    let messages = parts.messages.iter().flat_map(|message| &message.content);
    tools
        .filter(|tool| matches!(tool, Tool::CachePoint(_)))
        .count()
        + parts
            .system
            .iter()
            .filter(|block| matches!(block, SystemContentBlock::CachePoint(_)))
            .count()
        + messages
            .filter(|block| matches!(block, ContentBlock::CachePoint(_)))
            .count()
}
