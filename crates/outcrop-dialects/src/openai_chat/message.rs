//! Messages as turns.

use aws_smithy_types::{Blob, Document};
use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, ImageBlock, ImageFormat, ImageSource, Message, ToolResultBlock,
    ToolResultContentBlock, ToolUseBlock,
};
use outcrop_engine::document;
use serde_json::Value;

use super::error;
use crate::{DialectError, body};

/// The system prompts and the turns. Results of tools that follow each other are one turn.
pub(super) fn conversation(messages: &Value) -> Result<(Vec<String>, Vec<Message>), DialectError> {
    let (mut system, mut turns) = (Vec::new(), Vec::<Message>::new());
    for (index, message) in messages.as_array().into_iter().flatten().enumerate() {
        match message["role"].as_str() {
            Some("system" | "developer") => system.push(text(&message["content"])),
            Some("assistant") => turns.push(assistant(message)),
            Some("tool") => {
                let result = ContentBlock::ToolResult(tool_result(message));
                match turns.last_mut().filter(|turn| holds_results(turn)) {
                    Some(turn) => turn.content.push(result),
                    None => turns.push(Message {
                        content: vec![result],
                        role: ConversationRole::User,
                    }),
                }
            }
            _ => turns.push(user(index, &message["content"])?),
        }
    }
    Ok((system, turns))
}

fn holds_results(turn: &Message) -> bool {
    turn.content
        .iter()
        .all(|block| matches!(block, ContentBlock::ToolResult(_)))
}

/// The text of a content, which is a string or a list of parts.
fn text(content: &Value) -> String {
    if let Some(text) = content.as_str() {
        return text.to_owned();
    }
    let parts = content.as_array().into_iter().flatten();
    parts.filter_map(|part| part["text"].as_str()).collect()
}

fn user(index: usize, content: &Value) -> Result<Message, DialectError> {
    let role = ConversationRole::User;
    let Some(parts) = content.as_array() else {
        return Ok(Message {
            content: vec![ContentBlock::Text(text(content))],
            role,
        });
    };
    let blocks = parts.iter().map(|part| match part["type"].as_str() {
        Some("image_url") => image(&part["image_url"]).ok_or_else(|| error::image(index)),
        _ => Ok(ContentBlock::Text(
            part["text"].as_str().unwrap_or_default().to_owned(),
        )),
    });
    Ok(Message {
        content: blocks.collect::<Result<_, _>>()?,
        role,
    })
}

fn image(image: &Value) -> Option<ContentBlock> {
    let url = image["url"].as_str().or_else(|| image.as_str())?;
    let subtype = url.strip_prefix("data:image/")?.split(';').next()?;
    let format = ImageFormat::try_from(if subtype == "jpg" { "jpeg" } else { subtype }).ok()?;
    let source = ImageSource::Bytes(Blob::new(body::data_uri(url)?));
    Some(ContentBlock::Image(ImageBlock {
        error: None,
        format,
        source,
    }))
}

fn assistant(message: &Value) -> Message {
    let text = text(&message["content"]);
    let mut content = Vec::new();
    if !text.is_empty() {
        content.push(ContentBlock::Text(text));
    }
    let calls = message["tool_calls"].as_array().into_iter().flatten();
    content.extend(calls.map(|call| {
        let arguments = call["function"]["arguments"].as_str().unwrap_or("{}");
        let input = serde_json::from_str::<Value>(arguments)
            .ok()
            .filter(Value::is_object);
        ContentBlock::ToolUse(ToolUseBlock {
            input: input.map_or_else(
                || Document::Object(std::collections::HashMap::new()),
                |input| document::to_document(&input),
            ),
            name: call["function"]["name"]
                .as_str()
                .unwrap_or_default()
                .to_owned(),
            tool_use_id: call["id"].as_str().unwrap_or_default().to_owned(),
            r#type: None,
        })
    }));
    Message {
        content,
        role: ConversationRole::Assistant,
    }
}

fn tool_result(message: &Value) -> ToolResultBlock {
    ToolResultBlock {
        content: vec![ToolResultContentBlock::Text(text(&message["content"]))],
        status: None,
        tool_use_id: message["tool_call_id"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        r#type: None,
    }
}
