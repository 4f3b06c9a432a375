//! A body as a Converse request.

use bedrock_runtime_smithy::model::{
    AnyToolChoice, AutoToolChoice, ConversationRole, InferenceConfiguration, Message,
    SpecificToolChoice, SystemContentBlock, SystemTool, Tool, ToolChoice, ToolConfiguration,
    ToolInputSchema, ToolSpecification,
};
use outcrop_engine::document;
use serde_json::{Map, Value, json};

use super::content::{blocks, cache_point, text};
use super::error::BODY;
use crate::{ConverseParts, DialectError, body, schema};

pub(super) fn read(members: &Map<String, Value>) -> Result<ConverseParts, DialectError> {
    schema::check(members, &BODY)?;
    let member = |name: &str| members.get(name).unwrap_or(&Value::Null);
    let messages = member("messages")
        .as_array()
        .into_iter()
        .flatten()
        .map(message);
    Ok(ConverseParts {
        messages: messages.collect::<Result<_, _>>()?,
        system: system(member("system")),
        inference_config: members.get("inferenceConfig").map(inference),
        tool_config: members.get("toolConfig").map(tools),
        additional_model_request_fields: additional(members),
        ..ConverseParts::default()
    })
}

fn message(message: &Value) -> Result<Message, DialectError> {
    let role = match message["role"].as_str() {
        Some("assistant") => ConversationRole::Assistant,
        _ => ConversationRole::User,
    };
    Ok(Message {
        content: blocks(&message["content"])?,
        role,
    })
}

fn system(system: &Value) -> Vec<SystemContentBlock> {
    let elements = system.as_array().into_iter().flatten();
    let blocks = elements.flat_map(|element| {
        let text = element
            .get("text")
            .map(|value| SystemContentBlock::Text(text(value)));
        text.into_iter()
            .chain(cache_point(element).map(SystemContentBlock::CachePoint))
    });
    blocks.collect()
}

/// The older names of the limits are still taken.
fn inference(config: &Value) -> InferenceConfiguration {
    let either = |name: &str, older: &str| config.get(name).or_else(|| config.get(older)).cloned();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "Converse has it as a float"
    )]
    let float = |value: Value| value.as_f64().map(|number| number as f32);
    let max_tokens = either("maxTokens", "max_new_tokens").and_then(|tokens| tokens.as_i64());
    let stop = config.get("stopSequences").and_then(Value::as_array);
    InferenceConfiguration {
        max_tokens: max_tokens.map(|tokens| i32::try_from(tokens).unwrap_or(i32::MAX)),
        stop_sequences: stop.map(|sequences| sequences.iter().map(text).collect()),
        temperature: config.get("temperature").cloned().and_then(float),
        top_p: either("topP", "top_p").and_then(float),
    }
}

fn tools(config: &Value) -> ToolConfiguration {
    let tools = config["tools"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|tool| {
            let of_client = tool.get("toolSpec").map(specification);
            let of_system = tool.get("systemTool").map(|tool| {
                Tool::SystemTool(SystemTool {
                    name: text(&tool["name"]),
                })
            });
            of_client
                .into_iter()
                .chain(of_system)
                .chain(cache_point(tool).map(Tool::CachePoint))
        });
    ToolConfiguration {
        tool_choice: config.get("toolChoice").and_then(choice),
        tools: tools.collect(),
    }
}

fn specification(tool: &Value) -> Tool {
    Tool::ToolSpec(ToolSpecification {
        description: tool.get("description").map(text),
        input_schema: ToolInputSchema::Json(document::to_document(&tool["inputSchema"]["json"])),
        name: text(&tool["name"]),
        strict: tool.get("strict").and_then(Value::as_bool),
    })
}

fn choice(choice: &Value) -> Option<ToolChoice> {
    if let Some(tool) = choice.get("tool") {
        return Some(ToolChoice::Tool(SpecificToolChoice {
            name: text(&tool["name"]),
        }));
    }
    if choice.get("any").is_some() {
        return Some(ToolChoice::Any(AnyToolChoice {}));
    }
    choice
        .get("auto")
        .map(|_| ToolChoice::Auto(AutoToolChoice {}))
}

/// What Converse's clients put into the additional fields too.
fn additional(members: &Map<String, Value>) -> Option<Value> {
    let config = members.get("inferenceConfig");
    let top_k = config.and_then(|config| config.get("topK").or_else(|| config.get("top_k")));
    let mut fields = Map::new();
    if let Some(top_k) = top_k {
        fields.insert("inferenceConfig".to_owned(), json!({"topK": top_k}));
    }
    // The guide has it among the limits in native bodies, and beside them in Converse's additional fields.
    let reasoning = config.and_then(|config| config.get("reasoningConfig"));
    if let Some(reasoning) = reasoning.or_else(|| members.get("reasoningConfig")) {
        fields.insert("reasoningConfig".to_owned(), reasoning.clone());
    }
    Some(fields)
        .filter(|fields| !fields.is_empty())
        .map(|fields| body::sorted(Value::Object(fields)))
}
