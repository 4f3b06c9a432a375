//! A conversation as the body of `/messages`.

use bedrock_runtime_smithy::model::{InferenceConfiguration, OutputConfig, OutputFormatStructure};
use bytes::Bytes;
use outcrop_engine::{ConverseRequest, EngineError};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

use super::{message, native::native, tool};
use crate::json::{bytes, decimal};

/// The version of the API that requests name unless their bodies name another.
const VERSION: &str = "2023-06-01";

/// Tokens of an answer where neither the request nor the model sets a limit; servers need one.
const MAX_TOKENS: u32 = 4096;

/// Members that the conversation decides, and nothing else may.
const OWN: &[&str] = &["messages", "model", "stream"];

/// Members that are headers here.
const HEADERS: &[&str] = &["anthropic_beta", "anthropic_version"];

/// A request, ready to be sent.
#[derive(Debug, Clone)]
pub(crate) struct MessagesRequest {
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// The request for a server's model. What messages cannot say is refused.
pub(crate) fn messages(
    request: &ConverseRequest,
    model: &str,
) -> Result<MessagesRequest, EngineError> {
    if let Some(native) = native(request, model) {
        return Ok(MessagesRequest {
            headers: headers(native.version.as_deref(), &native.betas)?,
            body: native.body,
        });
    }
    let fields = request.additional_model_request_fields.as_ref();
    let betas = fields.and_then(|fields| fields.get("anthropic_beta")?.as_array());
    let betas = betas.into_iter().flatten();
    let betas: Vec<_> = betas
        .filter_map(|flag| flag.as_str().map(str::to_owned))
        .collect();
    let version = fields.and_then(|fields| fields.get("anthropic_version")?.as_str());
    let version = version.filter(|version| !version.starts_with("bedrock-"));
    Ok(MessagesRequest {
        headers: headers(version, &betas)?,
        body: bytes(&body(request, model)?),
    })
}

fn headers(version: Option<&str>, betas: &[String]) -> Result<HeaderMap, EngineError> {
    let value = |name: &str, text: &str| {
        HeaderValue::from_str(text).map_err(|_| {
            EngineError::Validation(format!(
                "{name} holds characters that a header cannot have. Remove them."
            ))
        })
    };
    let mut headers = HeaderMap::new();
    headers.insert(
        HeaderName::from_static("anthropic-version"),
        value("anthropic_version", version.unwrap_or(VERSION))?,
    );
    if !betas.is_empty() {
        let betas = value("anthropic_beta", &betas.join(","))?;
        headers.insert(HeaderName::from_static("anthropic-beta"), betas);
    }
    Ok(headers)
}

fn body(request: &ConverseRequest, model: &str) -> Result<Value, EngineError> {
    let mut body = Map::new();
    body.insert("model".to_owned(), json!(model));
    inference(request, &mut body);
    let system = message::system(&request.system)?;
    if !system.is_empty() {
        body.insert("system".to_owned(), Value::Array(system));
    }
    let messages = message::messages(&request.messages)?;
    body.insert("messages".to_owned(), Value::Array(messages));
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
    Ok(Value::Object(body))
}

fn inference(request: &ConverseRequest, body: &mut Map<String, Value>) {
    let unset = InferenceConfiguration::builder().build();
    let config = request.inference_config.as_ref().unwrap_or(&unset);
    let own = request.model.capabilities.max_output_tokens;
    let asked = config.max_tokens.map(Value::from);
    let limit = asked.unwrap_or_else(|| json!(own.unwrap_or(MAX_TOKENS)));
    body.insert("max_tokens".to_owned(), limit);
    let stop = config.stop_sequences.as_ref();
    let stop = stop.filter(|sequences| !sequences.is_empty());
    for (name, value) in [
        ("temperature", config.temperature.and_then(decimal)),
        ("top_p", config.top_p.and_then(decimal)),
        ("stop_sequences", stop.map(|sequences| json!(sequences))),
    ] {
        if let Some(value) = value {
            body.insert(name.to_owned(), value);
        }
    }
}

fn output(config: &OutputConfig, body: &mut Map<String, Value>) -> Result<(), EngineError> {
    let mut output = Map::new();
    if let Some(effort) = &config.effort {
        output.insert("effort".to_owned(), json!(effort));
    }
    if let Some(format) = &config.text_format {
        let OutputFormatStructure::JsonSchema(definition) = &format.structure;
        let schema: Value = serde_json::from_str(&definition.schema).map_err(|error| {
            EngineError::Validation(format!("The schema of outputConfig is not JSON: {error}."))
        })?;
        let format = json!({"type": "json_schema", "schema": schema});
        output.insert("format".to_owned(), format);
    }
    if !output.is_empty() {
        body.insert("output_config".to_owned(), Value::Object(output));
    }
    Ok(())
}

/// The model's own parameters stand beside the others, and win over them; its own tools stand among the
/// others, in place of those of their name.
fn additional(
    fields: &Map<String, Value>,
    body: &mut Map<String, Value>,
) -> Result<(), EngineError> {
    for (name, value) in fields {
        match name.as_str() {
            own if OWN.contains(&own) => {
                return Err(EngineError::Validation(format!(
                    "additionalModelRequestFields cannot set `{own}`, which the conversation decides. Remove it."
                )));
            }
            header if HEADERS.contains(&header) => {}
            "tools" => tool::add(value, body),
            _ => {
                body.insert(name.clone(), value.clone());
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
