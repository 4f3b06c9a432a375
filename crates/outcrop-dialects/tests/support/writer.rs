//! Converse requests as native bodies: the way back, to see that nothing was lost on the way in.
//!
//! Each writer says a body in the one form that `round_trip.rs` asks in.

use aws_smithy_types::base64;
use bedrock_runtime_smithy::model::{
    ContentBlock, ConversationRole, ImageBlock, ImageSource, Message, ReasoningContentBlock,
    SystemContentBlock, Tool, ToolConfiguration, ToolInputSchema, ToolResultBlock,
    ToolResultContentBlock, ToolSpecification,
};
use outcrop_dialects::ConverseParts;
use outcrop_engine::document;
use serde_json::{Map, Value, json};

/// A body of the Messages API.
pub(crate) fn claude(parts: &ConverseParts) -> Value {
    let block = |block: &ContentBlock| match block {
        ContentBlock::Text(text) => json!({"type": "text", "text": text}),
        ContentBlock::Image(image) => {
            let source = json!({"type": "base64", "media_type": "image/png", "data": data(image)});
            json!({"type": "image", "source": source})
        }
        ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block)) => {
            json!({"type": "thinking", "thinking": block.text, "signature": block.signature})
        }
        ContentBlock::ToolUse(call) => {
            json!({"type": "tool_use", "id": call.tool_use_id, "name": call.name, "input": document::to_value(&call.input)})
        }
        ContentBlock::ToolResult(result) => {
            let content: Vec<_> = texts(result)
                .map(|text| json!({"type": "text", "text": text}))
                .collect();
            json!({"type": "tool_result", "tool_use_id": result.tool_use_id, "content": content})
        }
        other => panic!("{other:?}"),
    };
    let mut body = with_limits(parts, "max_tokens", "stop_sequences");
    body.insert("anthropic_version".to_owned(), json!("bedrock-2023-05-31"));
    body.insert("system".to_owned(), json!(system(parts)));
    body.insert("messages".to_owned(), turns(parts, block));
    let tools = |tool: &ToolSpecification| json!({"name": tool.name, "description": tool.description, "input_schema": schema(tool)});
    body.insert("tools".to_owned(), specifications(parts, tools));
    Value::Object(body)
}

/// A body of Nova's.
pub(crate) fn nova(parts: &ConverseParts) -> Value {
    let block = |block: &ContentBlock| match block {
        ContentBlock::Text(text) => json!({"text": text}),
        ContentBlock::Image(image) => {
            json!({"image": {"format": "png", "source": {"bytes": data(image)}}})
        }
        ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block)) => {
            json!({"reasoningContent": {"reasoningText": {"text": block.text, "signature": block.signature}}})
        }
        ContentBlock::ToolUse(call) => {
            json!({"toolUse": {"toolUseId": call.tool_use_id, "name": call.name, "input": document::to_value(&call.input)}})
        }
        ContentBlock::ToolResult(result) => {
            let content: Vec<_> = texts(result).map(|text| json!({"text": text})).collect();
            json!({"toolResult": {"toolUseId": result.tool_use_id, "content": content}})
        }
        other => panic!("{other:?}"),
    };
    let tool = |tool: &ToolSpecification| json!({"toolSpec": {"name": tool.name, "description": tool.description, "inputSchema": {"json": schema(tool)}}});
    json!({
        "system": [{"text": system(parts)}],
        "messages": turns(parts, block),
        "inferenceConfig": with_limits(parts, "maxTokens", "stopSequences"),
        "toolConfig": {"tools": specifications(parts, tool)},
    })
}

/// A body of chat completions.
pub(crate) fn openai_chat(parts: &ConverseParts) -> Value {
    let mut messages = vec![json!({"role": "system", "content": system(parts)})];
    for message in &parts.messages {
        match message.role {
            ConversationRole::Assistant => messages.push(completion(message)),
            _ => messages.extend(asked(message)),
        }
    }
    let tool = |tool: &ToolSpecification| {
        let function =
            json!({"name": tool.name, "description": tool.description, "parameters": schema(tool)});
        json!({"type": "function", "function": function})
    };
    let mut body = with_limits(parts, "max_tokens", "stop");
    body.insert("messages".to_owned(), Value::Array(messages));
    body.insert("tools".to_owned(), specifications(parts, tool));
    Value::Object(body)
}

fn completion(message: &Message) -> Value {
    let mut told = json!({"role": "assistant", "content": [], "tool_calls": []});
    let push = |told: &mut Value, member: &str, value: Value| {
        told[member].as_array_mut().unwrap().push(value);
    };
    for block in &message.content {
        match block {
            ContentBlock::Text(text) => {
                push(&mut told, "content", json!({"type": "text", "text": text}));
            }
            ContentBlock::ReasoningContent(ReasoningContentBlock::ReasoningText(block)) => {
                told["reasoning_content"] = json!(block.text);
            }
            ContentBlock::ToolUse(call) => {
                let arguments = document::to_value(&call.input);
                let function = json!({"name": call.name, "arguments": arguments.to_string()});
                let call =
                    json!({"id": call.tool_use_id, "type": "function", "function": function});
                push(&mut told, "tool_calls", call);
            }
            other => panic!("{other:?}"),
        }
    }
    told
}

/// A message for each result, then one for what else was asked.
fn asked(message: &Message) -> Vec<Value> {
    let (mut messages, mut content) = (Vec::new(), Vec::new());
    for block in &message.content {
        match block {
            ContentBlock::Text(text) => content.push(json!({"type": "text", "text": text})),
            ContentBlock::Image(image) => {
                let url = format!("data:image/png;base64,{}", data(image));
                content.push(json!({"type": "image_url", "image_url": {"url": url}}));
            }
            ContentBlock::ToolResult(result) => {
                let texts: Vec<_> = texts(result)
                    .map(|text| json!({"type": "text", "text": text}))
                    .collect();
                messages.push(
                    json!({"role": "tool", "tool_call_id": result.tool_use_id, "content": texts}),
                );
            }
            other => panic!("{other:?}"),
        }
    }
    if !content.is_empty() {
        messages.push(json!({"role": "user", "content": content}));
    }
    messages
}

fn turns(parts: &ConverseParts, block: impl Fn(&ContentBlock) -> Value) -> Value {
    let message = |message: &Message| {
        let content: Vec<_> = message.content.iter().map(&block).collect();
        json!({"role": message.role.as_str(), "content": content})
    };
    parts.messages.iter().map(message).collect()
}

pub(crate) fn system(parts: &ConverseParts) -> &str {
    let Some(SystemContentBlock::Text(text)) = parts.system.first() else {
        panic!("no system prompt");
    };
    text
}

fn with_limits(parts: &ConverseParts, tokens: &str, stop: &str) -> Map<String, Value> {
    let config = parts.inference_config.as_ref().unwrap();
    let mut limits = Map::new();
    limits.insert(tokens.to_owned(), json!(config.max_tokens));
    limits.insert(stop.to_owned(), json!(config.stop_sequences));
    limits
}

pub(crate) fn specifications(
    parts: &ConverseParts,
    tell: impl Fn(&ToolSpecification) -> Value,
) -> Value {
    let ToolConfiguration { tools, .. } = parts.tool_config.as_ref().unwrap();
    let specification = |tool: &Tool| match tool {
        Tool::ToolSpec(tool) => tell(tool),
        other => panic!("{other:?}"),
    };
    tools.iter().map(specification).collect()
}

pub(crate) fn schema(tool: &ToolSpecification) -> Value {
    let ToolInputSchema::Json(schema) = &tool.input_schema;
    document::to_value(schema)
}

fn texts(result: &ToolResultBlock) -> impl Iterator<Item = &str> {
    result.content.iter().map(|part| match part {
        ToolResultContentBlock::Text(text) => text.as_str(),
        other => panic!("{other:?}"),
    })
}

fn data(image: &ImageBlock) -> String {
    match &image.source {
        ImageSource::Bytes(bytes) => base64::encode(bytes),
        ImageSource::S3Location(location) => panic!("{location:?}"),
    }
}
