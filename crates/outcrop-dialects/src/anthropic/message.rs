//! `messages` and `system`.

use bedrock_runtime_smithy::model::{ContentBlock, ConversationRole, Message, SystemContentBlock};

use super::error;
use super::fields::Field;
use super::generation::Generation;
use super::{cache, content};
use crate::DialectError;

/// The conversation.
pub(super) fn conversation(
    messages: &Field<'_>,
    generation: Generation,
) -> Result<Vec<Message>, DialectError> {
    messages
        .list()?
        .map(|message| read(&message, generation))
        .collect()
}

fn read(message: &Field<'_>, generation: Generation) -> Result<Message, DialectError> {
    let message = message.object()?;
    let role = match message.required("role")?.value().as_str() {
        Some("user") => ConversationRole::User,
        Some("assistant") => ConversationRole::Assistant,
        Some("system") if generation == Generation::Newest => ConversationRole::System,
        Some("system") => return Err(error::system_role()),
        _ => message
            .required("role")?
            .one_of(&["user", "assistant"])
            .map(|_| ConversationRole::User)?,
    };
    let content = message.required("content")?;
    let content = match content.value().as_str() {
        Some("") => Vec::new(),
        Some(text) => vec![ContentBlock::Text(text.to_owned())],
        None => content::blocks(&content, role)?,
    };
    message.only(&["role", "content"])?;
    Ok(Message { role, content })
}

/// The system prompt: a string, or text blocks.
pub(super) fn system(system: &Field<'_>) -> Result<Vec<SystemContentBlock>, DialectError> {
    match system.value().as_str() {
        Some("") => return Ok(Vec::new()),
        Some(text) => return Ok(vec![SystemContentBlock::Text(text.to_owned())]),
        None => {}
    }
    let mut blocks = Vec::new();
    for block in system.list()? {
        let block = block.object()?;
        if block.required("type")?.string()? != "text" {
            return Err(block.required("type")?.error("Input should be 'text'"));
        }
        let text = block.required("text")?.string()?;
        if text.is_empty() {
            return Err(error::empty_text("system"));
        }
        blocks.push(SystemContentBlock::Text(text.to_owned()));
        blocks.extend(cache::point(&block)?.map(SystemContentBlock::CachePoint));
    }
    Ok(blocks)
}
