//! What to do about a request: say something, or call tools.

use bedrock_runtime_smithy::model::{
    Tool, ToolChoice, ToolConfiguration, ToolInputSchema, ToolSpecification,
};
use serde_json::Value;

use super::{output_format::Format, prompted_format};
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
    let mut tools = match &request.tool_config {
        Some(config) => to_call(config, reading)?,
        None => Vec::new(),
    };
    if calls_one_at_a_time(request) {
        tools.truncate(1);
    }
    if !tools.is_empty() {
        let calls = tools
            .into_iter()
            .map(|tool| call(tool, reading))
            .collect::<Result<_, _>>()?;
        return Ok(Step::Call(calls));
    }
    Ok(Step::Say(match Format::of(request)? {
        Some(format) => structured(&format, reading)?,
        None => prompted(request, reading).unwrap_or_else(|| text::answer(&reading.prompt)),
    }))
}

/// An instance of the schema that the prompt speaks of, if there is one.
fn prompted(request: &ConverseRequest, reading: &Reading<'_>) -> Option<String> {
    let schema = prompted_format::of(request, reading)?;
    let hints = Hints::new(reading.prompt.text, reading.seed);
    instance(&schema, &hints)
        .ok()
        .map(|value| value.to_string())
}

/// Whether a request wants no more than one call in an answer. Converse has no member for that; Claude's own is
/// `tool_choice.disable_parallel_tool_use`.
fn calls_one_at_a_time(request: &ConverseRequest) -> bool {
    let fields = request.additional_model_request_fields.as_ref();
    let disabled =
        fields.and_then(|fields| fields.pointer("/tool_choice/disable_parallel_tool_use"));
    disabled.and_then(Value::as_bool).unwrap_or_default()
}

/// The tools that are to be called now: none means text. Fails if the tool that must be called cannot be.
fn to_call<'a>(
    config: &'a ToolConfiguration,
    reading: &Reading<'_>,
) -> Result<Vec<&'a ToolSpecification>, EngineError> {
    let tools: Vec<&ToolSpecification> = config
        .tools
        .iter()
        .filter_map(|tool| match tool {
            Tool::ToolSpec(tool) => Some(tool),
            Tool::SystemTool(_) | Tool::CachePoint(_) => None,
        })
        .collect();
    // What agents put before the user's own words, such as reminders, names tools that nobody asks for.
    let said = plain(reading.prompt.text);
    let named = tools
        .iter()
        .copied()
        .filter(|tool| said.contains(&plain(&tool.name)));
    Ok(match &config.tool_choice {
        Some(ToolChoice::Tool(choice)) => {
            let tool = tools.iter().find(|tool| tool.name == choice.name);
            vec![*tool.ok_or_else(|| unknown_choice(&choice.name))?]
        }
        // What was called already is not called again as long as there is something else, so that a loop of calls
        // comes to the tool that ends it.
        Some(ToolChoice::Any(_)) => {
            let fresh = |tool: &&ToolSpecification| !reading.called.contains(&tool.name.as_str());
            let asked: Vec<_> = named.filter(fresh).collect();
            if !asked.is_empty() {
                return Ok(asked);
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
    })
}

fn unknown_choice(name: &str) -> EngineError {
    EngineError::Validation(format!(
        "The value at toolConfig.toolChoice.tool.name, {name}, is the name of no toolSpec in toolConfig.tools. Provide \
         the name of one of them and try again."
    ))
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

fn structured(format: &Format, reading: &Reading<'_>) -> Result<String, EngineError> {
    let hints = Hints::new(reading.prompt.text, reading.seed);
    instance(&format.schema, &hints)
        .map(|value| value.to_string())
        .map_err(|error| refused(format.place, &error))
}

fn refused(place: &str, error: &SchemaError) -> EngineError {
    EngineError::Validation(format!("No answer can be made for {place}: {error}."))
}

#[cfg(test)]
mod tests {
    use bedrock_runtime_smithy::model::{AnyToolChoice, SpecificToolChoice};
    use serde_json::json;

    use super::*;
    use crate::canned::testing::{CLAUDE, NOVA, ask, tools};

    /// The names of the tools that are called, of `look` and `listen`.
    fn called(request: &mut ConverseRequest, choice: Option<ToolChoice>) -> Vec<String> {
        let both = ["look", "listen"].map(|name| (name, json!({"type": "object"})));
        request.tool_config = Some(tools(&both, choice));
        match step(request, &Reading::of(request).unwrap()) {
            Ok(Step::Call(calls)) => calls.into_iter().map(|call| call.name).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn one_call_at_a_time_is_enough_where_it_is_asked_for() {
        let mut request = ask(CLAUDE, "Use look and listen");
        assert_eq!(called(&mut request, None), ["look", "listen"]);
        for (disabled, count) in [(true, 1), (false, 2)] {
            let choice = json!({"type": "auto", "disable_parallel_tool_use": disabled});
            request.additional_model_request_fields = Some(json!({"tool_choice": choice}));
            assert_eq!(called(&mut request, None).len(), count);
            let any = ToolChoice::Any(AnyToolChoice {});
            assert_eq!(called(&mut request, Some(any)).len(), count);
        }
    }

    #[test]
    fn a_schema_in_the_prompt_is_obeyed() {
        let schema = r#"Use this schema: {"type": "object", "properties": {"n": {"const": 7}}, "required": ["n"]}"#;
        let request = ask(NOVA, schema);
        let said = step(&request, &Reading::of(&request).unwrap());
        assert_eq!(said, Ok(Step::Say(r#"{"n":7}"#.to_owned())));
    }

    #[test]
    fn a_choice_that_is_no_tool_is_refused() {
        let choice = |name: &str| {
            let name = name.to_owned();
            Some(ToolChoice::Tool(SpecificToolChoice { name }))
        };
        let mut request = ask(NOVA, "Hi");
        assert_eq!(called(&mut request, choice("listen")), ["listen"]);
        request.tool_config = Some(tools(&[("look", json!({}))], choice("feel")));
        let refused = step(&request, &Reading::of(&request).unwrap());
        assert_eq!(refused, Err(unknown_choice("feel")));
    }

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
