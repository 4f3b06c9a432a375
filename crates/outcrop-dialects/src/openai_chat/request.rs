//! A body as a Converse request.

use bedrock_runtime_smithy::model::{
    AnyToolChoice, AutoToolChoice, InferenceConfiguration, JsonSchemaDefinition, OutputConfig,
    OutputFormat, OutputFormatStructure, OutputFormatType, SpecificToolChoice, SystemContentBlock,
    Tool, ToolChoice, ToolConfiguration, ToolInputSchema, ToolSpecification,
};
use outcrop_engine::document;
use serde_json::{Map, Value, json};

use super::error::BODY;
use super::message;
use crate::{ConverseParts, DialectError, body, choices, schema};

/// Members that Converse has a place for, and the number of choices.
const CONVERSE: &[&str] = &[
    "max_completion_tokens",
    "max_tokens",
    "messages",
    "model",
    "n",
    "response_format",
    "stop",
    "stream",
    "stream_options",
    "temperature",
    "tool_choice",
    "tools",
    "top_p",
];

pub(super) fn read(members: &Map<String, Value>) -> Result<ConverseParts, DialectError> {
    schema::check(members, &BODY)?;
    let member = |name: &str| members.get(name).unwrap_or(&Value::Null);
    let (system, messages) = message::conversation(member("messages"))?;
    Ok(ConverseParts {
        messages,
        system: system.into_iter().map(SystemContentBlock::Text).collect(),
        inference_config: Some(inference(members)),
        tool_config: tools(member("tools"), member("tool_choice")),
        output_config: output(member("response_format")),
        additional_model_request_fields: additional(members),
        choices: choices::asked(members.get("n")),
        ..ConverseParts::default()
    })
}

fn inference(members: &Map<String, Value>) -> InferenceConfiguration {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "Converse has it as a float"
    )]
    let float = |name: &str| {
        members
            .get(name)
            .and_then(Value::as_f64)
            .map(|number| number as f32)
    };
    let max_tokens = members
        .get("max_completion_tokens")
        .or_else(|| members.get("max_tokens"));
    let stop = match members.get("stop") {
        Some(Value::String(text)) => Some(vec![text.clone()]),
        Some(Value::Array(texts)) => Some(
            texts
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        ),
        _ => None,
    };
    InferenceConfiguration {
        max_tokens: max_tokens
            .and_then(Value::as_i64)
            .map(|tokens| i32::try_from(tokens).unwrap_or(i32::MAX)),
        stop_sequences: stop,
        temperature: float("temperature"),
        top_p: float("top_p"),
    }
}

/// No tools, or a choice of none, are no configuration.
fn tools(tools: &Value, choice: &Value) -> Option<ToolConfiguration> {
    let tools = tools
        .as_array()
        .filter(|tools| !tools.is_empty() && choice != "none")?;
    let specification = |tool: &Value| {
        let function = &tool["function"];
        let schema = function.get("parameters").cloned();
        Tool::ToolSpec(ToolSpecification {
            description: function["description"].as_str().map(str::to_owned),
            input_schema: ToolInputSchema::Json(document::to_document(
                &schema.unwrap_or_else(|| json!({"type": "object"})),
            )),
            name: function["name"].as_str().unwrap_or_default().to_owned(),
            strict: function["strict"].as_bool(),
        })
    };
    let tool_choice = match choice {
        Value::String(word) if word == "required" || word == "any" => {
            Some(ToolChoice::Any(AnyToolChoice {}))
        }
        Value::String(_) => Some(ToolChoice::Auto(AutoToolChoice {})),
        Value::Object(_) => choice["function"]["name"].as_str().map(|name| {
            ToolChoice::Tool(SpecificToolChoice {
                name: name.to_owned(),
            })
        }),
        _ => None,
    };
    Some(ToolConfiguration {
        tool_choice,
        tools: tools.iter().map(specification).collect(),
    })
}

fn output(format: &Value) -> Option<OutputConfig> {
    let (name, schema) = match format["type"].as_str()? {
        "json_schema" => {
            let definition = &format["json_schema"];
            (
                definition["name"].as_str(),
                definition.get("schema").cloned()?,
            )
        }
        "json_object" => (None, json!({"type": "object"})),
        _ => return None,
    };
    let structure = OutputFormatStructure::JsonSchema(JsonSchemaDefinition {
        description: None,
        name: name.map(str::to_owned),
        schema: schema.to_string(),
    });
    let text_format = OutputFormat {
        r#type: OutputFormatType::JsonSchema,
        structure,
    };
    Some(OutputConfig {
        effort: None,
        text_format: Some(text_format),
    })
}

/// What Converse has no member for, and the tools where none may be called, which Converse cannot say.
fn additional(members: &Map<String, Value>) -> Option<Value> {
    let forbidden = members
        .get("tool_choice")
        .is_some_and(|choice| choice == "none");
    let kept = members.iter().filter(|(name, _)| match name.as_str() {
        "tools" | "tool_choice" => forbidden,
        name => !CONVERSE.contains(&name),
    });
    let kept: Map<_, _> = kept
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    Some(kept)
        .filter(|kept| !kept.is_empty())
        .map(|kept| body::sorted(Value::Object(kept)))
}
