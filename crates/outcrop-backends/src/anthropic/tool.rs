//! Tools and the choice among them.

use bedrock_runtime_smithy::model::{
    Tool, ToolChoice, ToolConfiguration, ToolInputSchema, ToolSpecification,
};
use outcrop_engine::{EngineError, document::to_value};
use serde_json::{Map, Value, json};

use super::content::{cache, refuse};

/// The members `tools` and `tool_choice`.
pub(super) fn configure(
    config: &ToolConfiguration,
    body: &mut Map<String, Value>,
) -> Result<(), EngineError> {
    let mut tools = Vec::with_capacity(config.tools.len());
    for tool in &config.tools {
        match tool {
            Tool::ToolSpec(tool) => tools.push(specification(tool)),
            Tool::CachePoint(point) => cache(&mut tools, point),
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
            ToolChoice::Auto(_) => json!({"type": "auto"}),
            ToolChoice::Any(_) => json!({"type": "any"}),
            ToolChoice::Tool(tool) => json!({"type": "tool", "name": tool.name}),
        };
        body.insert("tool_choice".to_owned(), choice);
    }
    Ok(())
}

fn specification(tool: &ToolSpecification) -> Value {
    let ToolInputSchema::Json(schema) = &tool.input_schema;
    let mut described = json!({"name": tool.name});
    if let Some(description) = &tool.description {
        described["description"] = json!(description);
    }
    described["input_schema"] = to_value(schema);
    if let Some(strict) = tool.strict {
        described["strict"] = json!(strict);
    }
    described
}

/// Adds tools in Anthropic's own words, such as `{"type": "bash_20250124", "name": "bash"}`.
pub(super) fn add(own: &Value, body: &mut Map<String, Value>) {
    let Some(own) = own.as_array() else {
        // The server refuses it in its own words.
        body.insert("tools".to_owned(), own.clone());
        return;
    };
    let tools = body.entry("tools").or_insert_with(|| json!([]));
    if let Value::Array(tools) = tools {
        tools.retain(|tool| !own.iter().any(|own| own["name"] == tool["name"]));
        tools.extend(own.iter().cloned());
    }
}
