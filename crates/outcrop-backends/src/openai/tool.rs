//! Tools, calls of tools, and what tools return.

use bedrock_runtime_smithy::model::{
    Tool, ToolChoice, ToolConfiguration, ToolInputSchema, ToolResultBlock, ToolResultContentBlock,
    ToolResultStatus, ToolSpecification, ToolUseBlock,
};
use outcrop_engine::{EngineError, document::to_value};
use serde_json::{Map, Value, json};

use super::{
    content::{Parts, refuse, search_result},
    document,
};

/// The members `tools` and `tool_choice`.
pub(super) fn configure(
    config: &ToolConfiguration,
    body: &mut Map<String, Value>,
) -> Result<(), EngineError> {
    let forced = match &config.tool_choice {
        Some(ToolChoice::Tool(tool)) => Some(&tool.name),
        _ => None,
    };
    let mut tools = Vec::with_capacity(config.tools.len());
    for tool in &config.tools {
        match tool {
            Tool::ToolSpec(tool) if forced.is_some_and(|name| *name != tool.name) => {}
            Tool::ToolSpec(tool) => tools.push(specification(tool)),
            Tool::CachePoint(_) => {}
            Tool::SystemTool(tool) => {
                return Err(refuse(
                    &format!("system tools such as {}", tool.name),
                    "describe the tool with a toolSpec",
                ));
            }
        }
    }
    if tools.is_empty() {
        return Ok(());
    }
    body.insert("tools".to_owned(), Value::Array(tools));
    if let Some(choice) = &config.tool_choice {
        let choice = match choice {
            ToolChoice::Auto(_) => json!("auto"),
            // One tool is forced by offering no other: llama.cpp and LM Studio do not read the choice
            // that names a function, and llama.cpp then leaves the choice to the model.
            ToolChoice::Any(_) | ToolChoice::Tool(_) => json!("required"),
        };
        body.insert("tool_choice".to_owned(), choice);
    }
    Ok(())
}

fn specification(tool: &ToolSpecification) -> Value {
    let ToolInputSchema::Json(schema) = &tool.input_schema;
    let mut function = json!({"name": tool.name});
    if let Some(description) = &tool.description {
        function["description"] = json!(description);
    }
    function["parameters"] = to_value(schema);
    if let Some(strict) = tool.strict {
        function["strict"] = json!(strict);
    }
    json!({"type": "function", "function": function})
}

/// One of an assistant's `tool_calls`.
pub(super) fn call(call: &ToolUseBlock) -> Value {
    json!({
        "id": call.tool_use_id,
        "type": "function",
        "function": {"name": call.name, "arguments": to_value(&call.input).to_string()},
    })
}

/// The message of one result. What is no text goes to `parts`, which the user's next message holds,
/// because a tool's message takes text only.
pub(super) fn result(result: &ToolResultBlock, parts: &mut Parts) -> Result<Value, EngineError> {
    let id = &result.tool_use_id;
    let mut texts = Vec::with_capacity(result.content.len());
    let mut images = 0;
    for content in &result.content {
        match content {
            ToolResultContentBlock::Text(text) => texts.push(text.clone()),
            ToolResultContentBlock::Json(value) => texts.push(to_value(value).to_string()),
            ToolResultContentBlock::Document(block) if document::passed(block).is_some() => {
                let name = &block.name;
                parts.text(format!(
                    "Document {name:?} of the result of tool call {id}:"
                ));
                parts.document(block)?;
                texts.push(format!("[document {name:?} is in the next message]"));
            }
            ToolResultContentBlock::Document(block) => texts.push(document::text(block)?),
            ToolResultContentBlock::SearchResult(result) => texts.push(search_result(result)),
            ToolResultContentBlock::Image(image) => {
                images += 1;
                parts.text(format!("Image {images} of the result of tool call {id}:"));
                parts.image(image)?;
                texts.push(format!("[image {images} is in the next message]"));
            }
            ToolResultContentBlock::Video(_) => {
                return Err(refuse("videos", "send images of it"));
            }
        }
    }
    let text = texts.join("\n");
    let content = match result.status {
        Some(ToolResultStatus::Error) if text.is_empty() => "Error".to_owned(),
        Some(ToolResultStatus::Error) => format!("Error: {text}"),
        Some(ToolResultStatus::Success) | None => text,
    };
    Ok(json!({"role": "tool", "tool_call_id": id, "content": content}))
}
