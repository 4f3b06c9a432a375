//! Messages as turns.

use aws_smithy_types::{Blob, Document, base64};
use bedrock_runtime_smithy::model::{
    AudioBlock, AudioFormat, AudioSource, ContentBlock, ConversationRole, ImageBlock, ImageFormat,
    ImageSource, Message, ReasoningContentBlock, ReasoningTextBlock, ToolResultBlock,
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
        if message["role"] != "assistant" && message["content"].is_null() {
            return Err(error::no_content(index));
        }
        match message["role"].as_str() {
            Some("system" | "developer") => system.extend(texts(&message["content"])),
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

/// The texts of a content, which is a string or a list of parts.
fn texts(content: &Value) -> Vec<String> {
    if let Some(text) = content.as_str() {
        return vec![text.to_owned()];
    }
    let parts = content.as_array().into_iter().flatten();
    let texts = parts.filter_map(|part| part["text"].as_str());
    texts.map(str::to_owned).collect()
}

fn user(index: usize, content: &Value) -> Result<Message, DialectError> {
    let blocks = match content {
        Value::Array(parts) => parts
            .iter()
            .enumerate()
            .map(|(place, part)| user_part(part).map_err(|wrong| wrong.at(index, place)))
            .collect::<Result<_, _>>()?,
        text => texts(text).into_iter().map(ContentBlock::Text).collect(),
    };
    Ok(Message {
        content: blocks,
        role: ConversationRole::User,
    })
}

fn user_part(part: &Value) -> Result<ContentBlock, error::Part> {
    match part["type"].as_str() {
        Some("text") | None => {
            let text = part["text"].as_str().ok_or(error::Part::Text)?;
            Ok(ContentBlock::Text(text.to_owned()))
        }
        Some("image_url") => image(&part["image_url"]).ok_or(error::Part::Image),
        Some("input_audio") => audio(&part["input_audio"]).ok_or(error::Part::Audio),
        Some(other) => Err(error::Part::Type(other.to_owned())),
    }
}

fn audio(audio: &Value) -> Option<ContentBlock> {
    let data = base64::decode(audio["data"].as_str()?).ok()?;
    Some(ContentBlock::Audio(AudioBlock {
        error: None,
        format: AudioFormat::try_from(audio["format"].as_str()?).ok()?,
        source: AudioSource::Bytes(Blob::new(data)),
    }))
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

/// What a model thought comes back as the member that told it, or as one of the names that other servers use.
fn reasoning(message: &Value) -> Option<ContentBlock> {
    let member = |name: &str| message[name].as_str().filter(|text| !text.is_empty());
    let text = member("reasoning_content").or_else(|| member("reasoning"))?;
    let block = ReasoningTextBlock {
        text: text.to_owned(),
        signature: None,
    };
    Some(ContentBlock::ReasoningContent(
        ReasoningContentBlock::ReasoningText(block),
    ))
}

fn assistant(message: &Value) -> Message {
    let mut content: Vec<_> = reasoning(message).into_iter().collect();
    let texts = texts(&message["content"]).into_iter();
    content.extend(
        texts
            .filter(|text| !text.is_empty())
            .map(ContentBlock::Text),
    );
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
        content: texts(&message["content"])
            .into_iter()
            .map(ToolResultContentBlock::Text)
            .collect(),
        status: None,
        tool_use_id: message["tool_call_id"]
            .as_str()
            .unwrap_or_default()
            .to_owned(),
        r#type: None,
    }
}
