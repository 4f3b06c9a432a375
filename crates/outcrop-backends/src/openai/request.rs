//! A conversation as the body of `/chat/completions`.

use bedrock_runtime_smithy::model::{
    InferenceConfiguration, JsonSchemaDefinition, OutputConfig, OutputFormatStructure,
};
use outcrop_engine::{ConverseRequest, EngineError};
use serde_json::{Map, Value, json};

use super::{message, tool};
use crate::json::decimal;

/// Members that the conversation decides, and nothing else may.
const OWN: &[&str] = &["messages", "model", "stream", "stream_options"];

/// How data URLs begin.
const DATA: [&str; 2] = ["data:image/", "data:application/pdf;"];

/// A request, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChatRequest {
    /// The whole body.
    pub(crate) body: Value,
    /// Bytes of the body without its images and files, for an estimate where the server counts no tokens.
    pub(crate) text_bytes: usize,
}

/// The request for a server's model. What chat completions cannot say is refused.
pub(crate) fn chat(request: &ConverseRequest, model: &str) -> Result<ChatRequest, EngineError> {
    let messages = message::messages(&request.system, &request.messages)?;
    let text_bytes = messages.iter().map(text_bytes).sum();
    let mut body = Map::new();
    body.insert("model".to_owned(), json!(model));
    body.insert("messages".to_owned(), Value::Array(messages));
    if let Some(config) = &request.inference_config {
        inference(config, &mut body);
    }
    if let Some(config) = &request.tool_config {
        tool::configure(config, &mut body)?;
    }
    if let Some(config) = &request.output_config {
        output(config, &mut body)?;
    }
    if let Some(Value::Object(fields)) = &request.additional_model_request_fields {
        additional(fields, &mut body)?;
    }
    body.insert("stream".to_owned(), json!(true));
    body.insert("stream_options".to_owned(), json!({"include_usage": true}));
    Ok(ChatRequest {
        body: Value::Object(body),
        text_bytes,
    })
}

/// The bytes of all strings that are no data URLs.
fn text_bytes(value: &Value) -> usize {
    match value {
        Value::String(text) if DATA.iter().any(|start| text.starts_with(start)) => 0,
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(text_bytes).sum(),
        Value::Object(members) => members.values().map(text_bytes).sum(),
        _ => 0,
    }
}

fn inference(config: &InferenceConfiguration, body: &mut Map<String, Value>) {
    let mut insert = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            body.insert(name.to_owned(), value);
        }
    };
    insert("max_tokens", config.max_tokens.map(Value::from));
    insert("temperature", config.temperature.and_then(decimal));
    insert("top_p", config.top_p.and_then(decimal));
    let stop = config.stop_sequences.as_ref();
    let stop = stop.filter(|sequences| !sequences.is_empty());
    insert("stop", stop.map(|sequences| json!(sequences)));
}

fn output(config: &OutputConfig, body: &mut Map<String, Value>) -> Result<(), EngineError> {
    if let Some(effort) = &config.effort {
        body.insert("reasoning_effort".to_owned(), json!(effort));
    }
    if let Some(format) = &config.text_format {
        let OutputFormatStructure::JsonSchema(definition) = &format.structure;
        body.insert("response_format".to_owned(), json_schema(definition)?);
    }
    Ok(())
}

fn json_schema(definition: &JsonSchemaDefinition) -> Result<Value, EngineError> {
    let schema: Value = serde_json::from_str(&definition.schema).map_err(|error| {
        EngineError::Validation(format!("The schema of outputConfig is not JSON: {error}."))
    })?;
    let name = definition.name.as_deref().unwrap_or("answer");
    let mut format = json!({"name": name});
    if let Some(description) = &definition.description {
        format["description"] = json!(description);
    }
    format["schema"] = schema;
    // Bedrock promises an answer that keeps to the schema.
    format["strict"] = json!(true);
    Ok(json!({"type": "json_schema", "json_schema": format}))
}

/// The model's own parameters stand beside the others, and win over them.
fn additional(
    fields: &Map<String, Value>,
    body: &mut Map<String, Value>,
) -> Result<(), EngineError> {
    for (name, value) in fields {
        if OWN.contains(&name.as_str()) {
            return Err(EngineError::Validation(format!(
                "additionalModelRequestFields cannot set `{name}`, which the conversation decides. Remove it."
            )));
        }
        if name == "max_completion_tokens" {
            body.remove("max_tokens");
        }
        body.insert(name.clone(), value.clone());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
