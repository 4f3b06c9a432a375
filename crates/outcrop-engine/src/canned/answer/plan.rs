//! What to do about a request: say something, or call tools.

use bedrock_runtime_smithy::model::{
    OutputFormatStructure, Tool, ToolChoice, ToolConfiguration, ToolInputSchema, ToolSpecification,
};
use serde_json::Value;

use crate::{
    ConverseRequest, EngineError,
    canned::{
        reading::Reading,
        schema::{Hints, SchemaError, instance},
        text,
    },
    document,
};

/// What comes next.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// A text, free or structured.
    Say(String),
    /// Calls, all at once.
    Call(Vec<Call>),
}

/// One call of a tool.
#[derive(Debug, PartialEq)]
pub(super) struct Call {
    pub(super) name: String,
    pub(super) input: Value,
}

impl Step {
    /// The step in words, for the reasoning.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Say(_) => "to answer in text".to_owned(),
            Self::Call(calls) => {
                let names: Vec<&str> = calls.iter().map(|call| call.name.as_str()).collect();
                format!("to call {}", names.join(" and "))
            }
        }
    }
}

/// Decides on the next step.
pub(super) fn step(request: &ConverseRequest, reading: &Reading<'_>) -> Result<Step, EngineError> {
    let tools = request
        .tool_config
        .as_ref()
        .map(|config| to_call(config, reading))
        .unwrap_or_default();
    if !tools.is_empty() {
        let calls = tools
            .into_iter()
            .map(|tool| call(tool, reading))
            .collect::<Result<_, _>>()?;
        return Ok(Step::Call(calls));
    }
    let format = request
        .output_config
        .as_ref()
        .and_then(|config| config.text_format.as_ref());
    Ok(Step::Say(match format.map(|format| &format.structure) {
        Some(OutputFormatStructure::JsonSchema(definition)) => {
            structured(&definition.schema, reading)?
        }
        None => text::answer(&reading.prompt),
    }))
}

/// The tools that are to be called now: none means text.
fn to_call<'a>(config: &'a ToolConfiguration, reading: &Reading<'_>) -> Vec<&'a ToolSpecification> {
    let tools: Vec<&ToolSpecification> = config
        .tools
        .iter()
        .filter_map(|tool| match tool {
            Tool::ToolSpec(tool) => Some(tool),
            Tool::SystemTool(_) | Tool::CachePoint(_) => None,
        })
        .collect();
    let said: String = reading.said.iter().map(|text| plain(text)).collect();
    let named = tools
        .iter()
        .copied()
        .filter(|tool| said.contains(&plain(&tool.name)));
    match &config.tool_choice {
        Some(ToolChoice::Tool(choice)) => tools
            .iter()
            .copied()
            .filter(|tool| tool.name == choice.name)
            .collect(),
        // What was called already is not called again as long as there is something else, so that a loop of calls
        // comes to the tool that ends it.
        Some(ToolChoice::Any(_)) => {
            let fresh = |tool: &&ToolSpecification| !reading.called.contains(&tool.name.as_str());
            let asked: Vec<_> = named.filter(fresh).collect();
            if !asked.is_empty() {
                return asked;
            }
            tools
                .iter()
                .copied()
                .find(fresh)
                .or(tools.last().copied())
                .into_iter()
                .collect()
        }
        Some(ToolChoice::Auto(_)) | None if reading.prompt.results.is_empty() => named.collect(),
        Some(ToolChoice::Auto(_)) | None => Vec::new(),
    }
}

/// The words of `text` in lower case, one space around each: `get_weather` is in "please get weather", but not in
/// "forget weather".
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 2);
    plain.push(' ');
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        plain.extend(word.chars().flat_map(char::to_lowercase));
        plain.push(' ');
    }
    plain
}

fn call(tool: &ToolSpecification, reading: &Reading<'_>) -> Result<Call, EngineError> {
    let ToolInputSchema::Json(schema) = &tool.input_schema;
    let schema = document::to_value(schema);
    let hints = Hints::new(reading.prompt.text, reading.seed);
    let input = instance(&schema, &hints).map_err(|error| {
        refused(
            &format!("toolConfig.tools: the input schema of {}", tool.name),
            &error,
        )
    })?;
    Ok(Call {
        name: tool.name.clone(),
        input,
    })
}

fn structured(schema: &str, reading: &Reading<'_>) -> Result<String, EngineError> {
    const PLACE: &str = "outputConfig.textFormat.structure.jsonSchema.schema";
    let schema: Value = serde_json::from_str(schema).map_err(|error| {
        EngineError::Validation(format!(
            "The value at {PLACE} is not valid JSON: {error}. Provide a JSON schema."
        ))
    })?;
    let value = instance(&schema, &Hints::new(reading.prompt.text, reading.seed));
    value
        .map(|value| value.to_string())
        .map_err(|error| refused(PLACE, &error))
}

fn refused(place: &str, error: &SchemaError) -> EngineError {
    EngineError::Validation(format!("No answer can be made for {place}: {error}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_named_in_any_spelling() {
        let names = |text: &str| plain(text).contains(&plain("get_weather"));
        assert!(names("Please call get_weather for Paris"));
        assert!(names("Get Weather!"));
        assert!(names("use get-weather"));
        assert!(!names("What's the weather?"));
        assert!(!names("forget weather"));
    }
}
