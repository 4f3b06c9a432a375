//! A body as a Converse request.
//!
//! The family gives its calls no ids: here each has one that follows from its place.

use bedrock_runtime_smithy::model::{
    CitationsConfig, ContentBlock, ConversationRole, InferenceConfiguration, Message,
    SearchResultBlock, SearchResultContentBlock, SystemContentBlock, Tool, ToolConfiguration,
    ToolInputSchema, ToolResultBlock, ToolResultContentBlock, ToolSpecification, ToolUseBlock,
};
use outcrop_engine::document;
use serde_json::{Map, Value, json};

use super::error::BODY;
use crate::{ConverseParts, DialectError, body, schema};

/// Members that Converse has a place for.
const CONVERSE: &[&str] = &[
    "chat_history",
    "documents",
    "max_tokens",
    "message",
    "p",
    "preamble",
    "stop_sequences",
    "temperature",
    "tool_results",
    "tools",
];

pub(super) fn read(members: &Map<String, Value>) -> Result<ConverseParts, DialectError> {
    schema::check(members, &BODY)?;
    let member = |name: &str| members.get(name).unwrap_or(&Value::Null);
    let preamble = member("preamble").as_str().map(str::to_owned);
    let additional = members
        .iter()
        .filter(|(name, _)| !CONVERSE.contains(&name.as_str()));
    let additional: Map<_, _> = additional
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    Ok(ConverseParts {
        messages: conversation(members),
        system: preamble.map(SystemContentBlock::Text).into_iter().collect(),
        inference_config: Some(inference(members)),
        tool_config: tools(member("tools")),
        additional_model_request_fields: Some(additional)
            .filter(|fields| !fields.is_empty())
            .map(|fields| body::sorted(Value::Object(fields))),
        ..ConverseParts::default()
    })
}

/// The history, then the calls whose results are here, then the message with its documents.
fn conversation(members: &Map<String, Value>) -> Vec<Message> {
    let list = |name: &str| members.get(name).and_then(Value::as_array);
    let mut messages: Vec<_> = list("chat_history")
        .into_iter()
        .flatten()
        .map(turn)
        .collect();
    let mut content: Vec<_> = list("documents")
        .into_iter()
        .flatten()
        .enumerate()
        .map(|(index, document)| search_result(index, document))
        .collect();
    let message = members["message"].as_str().unwrap_or_default();
    let results = list("tool_results").filter(|results| !results.is_empty());
    let Some(results) = results else {
        content.push(ContentBlock::Text(message.to_owned()));
        messages.push(turn_of(ConversationRole::User, content));
        return messages;
    };
    let said = Some(message).filter(|message| !message.is_empty());
    content.extend(said.map(|message| ContentBlock::Text(message.to_owned())));
    if !content.is_empty() {
        messages.push(turn_of(ConversationRole::User, content));
    }
    let numbered = || results.iter().enumerate();
    let calls = numbered().map(|(index, result)| call(index, &result["call"]));
    match messages.last_mut() {
        Some(said) if said.role == ConversationRole::Assistant => said.content.extend(calls),
        _ => messages.push(turn_of(ConversationRole::Assistant, calls.collect())),
    }
    let results = numbered().map(|(index, result)| tool_result(index, &result["outputs"]));
    messages.push(turn_of(ConversationRole::User, results.collect()));
    messages
}

fn turn_of(role: ConversationRole, content: Vec<ContentBlock>) -> Message {
    Message { content, role }
}

/// A turn of the history; those of tools tell their results as text.
fn turn(turn: &Value) -> Message {
    let role = match turn["role"].as_str() {
        Some("CHATBOT") => ConversationRole::Assistant,
        _ => ConversationRole::User,
    };
    let text = turn["message"].as_str().map_or_else(
        || turn.get("tool_results").unwrap_or(&Value::Null).to_string(),
        str::to_owned,
    );
    turn_of(role, vec![ContentBlock::Text(text)])
}

/// A document: any names with texts, of which Cohere knows `id`, `title`, `snippet` and `url`.
fn search_result(index: usize, document: &Value) -> ContentBlock {
    let text = |name: &str| document[name].as_str().map(str::to_owned);
    let fields = document.as_object().into_iter().flatten();
    let content = fields.filter(|(name, _)| !matches!(name.as_str(), "id" | "title" | "url"));
    let content = content.map(|(_, value)| SearchResultContentBlock {
        text: value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned),
    });
    let source = text("url").or_else(|| text("id"));
    ContentBlock::SearchResult(SearchResultBlock {
        citations: Some(CitationsConfig { enabled: true }),
        content: content.collect(),
        source: source.unwrap_or_else(|| format!("doc_{index}")),
        title: text("title").unwrap_or_default(),
    })
}

fn call(index: usize, call: &Value) -> ContentBlock {
    ContentBlock::ToolUse(ToolUseBlock {
        input: document::to_document(&call["parameters"]),
        name: call["name"].as_str().unwrap_or_default().to_owned(),
        tool_use_id: id(index),
        r#type: None,
    })
}

fn tool_result(index: usize, outputs: &Value) -> ContentBlock {
    let outputs = outputs.as_array().into_iter().flatten();
    let content = outputs.map(|output| ToolResultContentBlock::Json(document::to_document(output)));
    ContentBlock::ToolResult(ToolResultBlock {
        content: content.collect(),
        status: None,
        tool_use_id: id(index),
        r#type: None,
    })
}

fn id(index: usize) -> String {
    format!("call_{index}")
}

/// No tools are no configuration.
fn tools(tools: &Value) -> Option<ToolConfiguration> {
    let tools = tools.as_array().filter(|tools| !tools.is_empty())?;
    let specification = |tool: &Value| {
        let description = tool["description"].as_str();
        Tool::ToolSpec(ToolSpecification {
            description: description.map(str::to_owned),
            input_schema: ToolInputSchema::Json(document::to_document(&input_schema(
                &tool["parameter_definitions"],
            ))),
            name: tool["name"].as_str().unwrap_or_default().to_owned(),
            strict: None,
        })
    };
    Some(ToolConfiguration {
        tool_choice: None,
        tools: tools.iter().map(specification).collect(),
    })
}

/// Definitions of parameters as a JSON schema.
fn input_schema(definitions: &Value) -> Value {
    let definitions = || definitions.as_object().into_iter().flatten();
    let property = |definition: &Value| {
        let mut schema = type_schema(definition["type"].as_str().unwrap_or("str"));
        if let Some(description) = definition.get("description") {
            schema["description"] = description.clone();
        }
        schema
    };
    let properties: Map<_, _> = definitions()
        .map(|(name, definition)| (name.clone(), property(definition)))
        .collect();
    let required: Vec<_> = definitions()
        .filter(|(_, definition)| definition["required"] == true)
        .map(|(name, _)| name)
        .collect();
    json!({"type": "object", "properties": properties, "required": required})
}

/// Cohere's types are those of Python.
fn type_schema(r#type: &str) -> Value {
    match r#type.to_lowercase().as_str() {
        "int" | "integer" => json!({"type": "integer"}),
        "float" | "number" => json!({"type": "number"}),
        "bool" | "boolean" => json!({"type": "boolean"}),
        list if list.starts_with("list[") => {
            let element = list.trim_start_matches("list[").trim_end_matches(']');
            json!({"type": "array", "items": type_schema(element)})
        }
        "list" => json!({"type": "array"}),
        object if object.starts_with("dict") => json!({"type": "object"}),
        _ => json!({"type": "string"}),
    }
}

fn inference(members: &Map<String, Value>) -> InferenceConfiguration {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "Converse has it as a float"
    )]
    let float = |name: &str| {
        let number = members.get(name).and_then(Value::as_f64);
        number.map(|number| number as f32)
    };
    let max_tokens = members.get("max_tokens").and_then(Value::as_i64);
    let stop = members.get("stop_sequences").and_then(Value::as_array);
    InferenceConfiguration {
        max_tokens: max_tokens.map(|tokens| i32::try_from(tokens).unwrap_or(i32::MAX)),
        stop_sequences: stop.map(|texts| {
            let texts = texts.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }),
        temperature: float("temperature"),
        top_p: float("p"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_parameters_are_those_of_python() {
        let definitions = json!({
            "day": {"type": "str", "description": "Which", "required": true},
            "counts": {"type": "List[int]"},
        });
        let expected = json!({
            "type": "object",
            "properties": {
                "day": {"type": "string", "description": "Which"},
                "counts": {"type": "array", "items": {"type": "integer"}},
            },
            "required": ["day"],
        });
        assert_eq!(input_schema(&definitions), expected);
    }

    #[test]
    fn results_follow_their_calls() {
        let result = json!({"call": {"name": "clock", "parameters": {"zone": "UTC"}}, "outputs": [{"text": "noon"}]});
        let body = json!({"message": "", "chat_history": [{"role": "USER", "message": "Time?"}], "tool_results": [result]});
        let messages = conversation(body.as_object().unwrap());
        let [question, call, result] = messages.as_slice() else {
            panic!("{messages:?}");
        };
        assert_eq!(question.content[0].as_text().unwrap(), "Time?");
        let call = call.content[0].as_tool_use().unwrap();
        let result = result.content[0].as_tool_result().unwrap();
        assert_eq!(call.tool_use_id, result.tool_use_id);
        assert_eq!(call.name, "clock");
    }
}
