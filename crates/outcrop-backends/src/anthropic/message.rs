//! Turns and system prompts.

use bedrock_runtime_smithy::model::{
    ConversationRole, GuardrailConverseContentBlock, Message, SystemContentBlock,
};
use outcrop_engine::EngineError;
use serde_json::{Value, json};

use super::content::{self, cache, refuse};

/// The member `messages`.
pub(super) fn messages(turns: &[Message]) -> Result<Vec<Value>, EngineError> {
    turns.iter().map(message).collect()
}

fn message(turn: &Message) -> Result<Value, EngineError> {
    let role = match turn.role {
        ConversationRole::Assistant => "assistant",
        ConversationRole::System => "system",
        ConversationRole::User => "user",
    };
    let mut blocks = Vec::with_capacity(turn.content.len());
    for block in &turn.content {
        content::block(block, &mut blocks)?;
    }
    Ok(json!({"role": role, "content": blocks}))
}

/// The member `system`, empty without prompts.
pub(super) fn system(prompts: &[SystemContentBlock]) -> Result<Vec<Value>, EngineError> {
    let mut blocks = Vec::with_capacity(prompts.len());
    for prompt in prompts {
        match prompt {
            SystemContentBlock::Text(text) => blocks.push(content::text(text)),
            SystemContentBlock::GuardContent(GuardrailConverseContentBlock::Text(guarded)) => {
                blocks.push(content::text(&guarded.text));
            }
            SystemContentBlock::GuardContent(GuardrailConverseContentBlock::Image(_)) => {
                return Err(refuse("images in system prompts", "send them in a message"));
            }
            SystemContentBlock::CachePoint(point) => cache(&mut blocks, point),
        }
    }
    Ok(blocks)
}
