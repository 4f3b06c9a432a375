//! Limits, sampling, thinking, output formats, and what Converse has no member for.

use bedrock_runtime_smithy::model::{
    InferenceConfiguration, JsonSchemaDefinition, OutputConfig, OutputFormat,
    OutputFormatStructure, OutputFormatType,
};
use outcrop_catalogue::{Model, Reasoning};
use serde_json::{Map, Value};

use super::fields::{Field, Object};
use super::generation::{Generation, short_name};
use super::{error, tool};
use crate::{DialectError, body};

/// Every member of a body that the service takes; others are refused by name.
pub(super) const KNOWN: &[&str] = &[
    "anthropic_beta",
    "anthropic_version",
    "context_management",
    "inference_geo",
    "max_tokens",
    "messages",
    "metadata",
    "output_config",
    "output_format",
    "service_tier",
    "speed",
    "stop_sequences",
    "system",
    "temperature",
    "thinking",
    "tool_choice",
    "tools",
    "top_k",
    "top_p",
];

/// Members that Converse has a place for.
const CONVERSE: &[&str] = &[
    "anthropic_version",
    "max_tokens",
    "messages",
    "output_config",
    "output_format",
    "stop_sequences",
    "system",
    "temperature",
    "top_p",
];

pub(super) fn inference(
    body: &Object<'_>,
    model: &Model,
) -> Result<InferenceConfiguration, DialectError> {
    let max_tokens = body.required("max_tokens")?.integer(1)?;
    let limit = limit(body, model).filter(|limit| {
        // The first generations were seen to answer up to their limit, whatever was asked for.
        Generation::of(model) > Generation::Classic
            && u32::try_from(max_tokens).is_ok_and(|asked| asked > *limit)
    });
    if let Some(limit) = limit {
        return Err(error::max_tokens(max_tokens, limit, &short_name(model)));
    }
    body.map("top_k", |top_k| top_k.integer(0))?;
    Ok(InferenceConfiguration {
        max_tokens: Some(max_tokens),
        stop_sequences: body.map("stop_sequences", stop_sequences)?,
        temperature: body.map("temperature", probability)?,
        top_p: body.map("top_p", probability)?,
    })
}

/// The most tokens that a model answers with. One model has a flag that doubles it (documented).
fn limit(body: &Object<'_>, model: &Model) -> Option<u32> {
    if model.id.contains("claude-3-7-") {
        let raised = has_flag(body, "output-128k-");
        return Some(if raised { 128_000 } else { 64_000 });
    }
    model.capabilities.max_output_tokens
}

/// Whether thinking may come between calls of tools: its budget is then that of all of it together (documented).
fn interleaves(body: &Object<'_>) -> bool {
    let tools = body.members().get("tools").and_then(Value::as_array);
    tools.is_some_and(|tools| !tools.is_empty()) && has_flag(body, "interleaved-thinking-")
}

/// Whether `anthropic_beta` has a flag that begins so; a date follows.
pub(super) fn has_flag(body: &Object<'_>, prefix: &str) -> bool {
    let flags = body.members().get("anthropic_beta");
    let mut flags = flags.and_then(Value::as_array).into_iter().flatten();
    flags.any(|flag| flag.as_str().is_some_and(|flag| flag.starts_with(prefix)))
}

/// Checks `context_management`: each kind of edit is behind a flag, without which the service does not know the member
/// (quoted). Returns whether there is one, so that the answer tells what was edited.
pub(super) fn context_management(body: &Object<'_>) -> Result<bool, DialectError> {
    let Some(field) = body.optional("context_management") else {
        return Ok(false);
    };
    let edits = field.object()?.optional("edits");
    let mut compacts = false;
    let mut clears = edits.is_none();
    for edit in edits
        .iter()
        .map(Field::list)
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
    {
        let edit = edit.object()?;
        let compact = edit.required("type")?.string()?.starts_with("compact_");
        compacts |= compact;
        clears |= !compact;
    }
    let known = (!compacts || has_flag(body, "compact-"))
        && (!clears || has_flag(body, "context-management-"));
    if known {
        Ok(true)
    } else {
        Err(field.error("Extra inputs are not permitted"))
    }
}

fn probability(field: &Field<'_>) -> Result<f32, DialectError> {
    let number = field.number()?;
    if !(0.0..=1.0).contains(&number) {
        return Err(field.error("range: 0..1"));
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "Converse has it as a float"
    )]
    Ok(number as f32)
}

fn stop_sequences(field: &Field<'_>) -> Result<Vec<String>, DialectError> {
    let mut sequences = Vec::new();
    for sequence in field.list()? {
        let text = sequence.string()?;
        if text.trim().is_empty() {
            return Err(field.error("each stop sequence must contain non-whitespace"));
        }
        sequences.push(text.to_owned());
    }
    Ok(sequences)
}

/// Checks `thinking`, which stays among the additional fields. Returns whether the model is to think.
pub(super) fn thinking(
    body: &Object<'_>,
    model: &Model,
    inference: &InferenceConfiguration,
) -> Result<bool, DialectError> {
    let Some(field) = body.optional("thinking") else {
        return Ok(false);
    };
    if model.capabilities.reasoning == Reasoning::None {
        return Err(field.error("Extra inputs are not permitted"));
    }
    let (r#type, thinking) = field
        .object()?
        .variant(&["adaptive", "disabled", "enabled"])?;
    if r#type == "enabled" {
        let budget = thinking.required("budget_tokens")?.integer(1024)?;
        let fits = |max_tokens| max_tokens > budget || interleaves(body);
        if !inference.max_tokens.is_none_or(fits) {
            return Err(error::thinking_budget());
        }
    }
    let enabled = r#type != "disabled";
    if enabled
        && inference
            .temperature
            .is_some_and(|temperature| temperature < 1.0)
    {
        return Err(error::thinking_temperature());
    }
    Ok(enabled)
}

/// `output_format`, or `format` in `output_config`, and the effort.
pub(super) fn output(body: &Object<'_>) -> Result<Option<OutputConfig>, DialectError> {
    let config = body
        .optional("output_config")
        .map(|config| config.object())
        .transpose()?;
    let effort = config
        .as_ref()
        .map(|config| config.map("effort", Field::string))
        .transpose()?
        .flatten();
    let nested = config.as_ref().and_then(|config| config.optional("format"));
    let format = nested.or_else(|| body.optional("output_format"));
    let text_format = format.map(|format| output_format(&format)).transpose()?;
    if effort.is_none() && text_format.is_none() {
        return Ok(None);
    }
    Ok(Some(OutputConfig {
        effort: effort.map(str::to_owned),
        text_format,
    }))
}

fn output_format(format: &Field<'_>) -> Result<OutputFormat, DialectError> {
    let format = format.object()?;
    format.required("type")?.one_of(&["json_schema"])?;
    let schema = format.required("schema")?.dictionary()?;
    Ok(OutputFormat {
        r#type: OutputFormatType::JsonSchema,
        structure: OutputFormatStructure::JsonSchema(JsonSchemaDefinition {
            description: None,
            name: None,
            schema: schema.to_string(),
        }),
    })
}

/// What Converse has no member for, as it came. Of the tools and their choice, only what Converse cannot say.
pub(super) fn additional(body: &Object<'_>) -> Option<Value> {
    let mut fields = Map::new();
    for (name, value) in body.members() {
        let kept = match name.as_str() {
            name if CONVERSE.contains(&name) => None,
            "tools" if tool::forbidden(body) => Some(value.clone()),
            "tools" => built_in_tools(value),
            "tool_choice" => Some(value.clone()).filter(says_more_than_converse),
            _ => Some(value.clone()).filter(|value| !value.is_null()),
        };
        fields.extend(kept.map(|value| (name.clone(), value)));
    }
    Some(fields)
        .filter(|fields| !fields.is_empty())
        .map(|fields| body::sorted(Value::Object(fields)))
}

fn built_in_tools(tools: &Value) -> Option<Value> {
    let built_in = |tool: &&Value| {
        tool.get("type")
            .is_some_and(|r#type| r#type != "custom" && !r#type.is_null())
    };
    let tools: Vec<_> = tools.as_array()?.iter().filter(built_in).cloned().collect();
    Some(tools)
        .filter(|tools| !tools.is_empty())
        .map(Value::Array)
}

fn says_more_than_converse(choice: &Value) -> bool {
    choice.get("type").is_some_and(|r#type| r#type == "none")
        || choice
            .get("disable_parallel_tool_use")
            .is_some_and(|disable| disable == true)
}
