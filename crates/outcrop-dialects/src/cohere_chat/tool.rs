//! Tools, whose parameters have the types of Python.

use bedrock_runtime_smithy::model::{Tool, ToolConfiguration, ToolInputSchema, ToolSpecification};
use outcrop_engine::document;
use serde_json::{Map, Value, json};

/// The tools of a body. No tools are no configuration.
pub(super) fn tools(tools: &Value) -> Option<ToolConfiguration> {
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
        let told = definition["type"].as_str().unwrap_or("str");
        let (mut schema, canonical) = type_schema(told);
        if let Some(description) = definition.get("description") {
            schema["description"] = description.clone();
        }
        // How the type was spelled, for models and for whoever needs the definition again.
        if canonical != told {
            schema["$comment"] = json!(told);
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

/// A type's schema, and the type as Python spells what the schema tells.
fn type_schema(told: &str) -> (Value, String) {
    let lower = told.trim().to_lowercase();
    let (name, of) = match lower.split_once('[') {
        Some((name, of)) => (name.trim(), of.strip_suffix(']')),
        None => (lower.as_str(), None),
    };
    let plain = |json: &str, python: &str| (json!({"type": json}), python.to_owned());
    match name {
        "int" | "integer" => plain("integer", "int"),
        "float" | "number" => plain("number", "float"),
        "bool" | "boolean" => plain("boolean", "bool"),
        "list" | "array" => {
            let Some(of) = of else {
                return plain("array", "list");
            };
            let (items, of) = type_schema(of);
            let list = json!({"type": "array", "items": items});
            (list, format!("list[{of}]"))
        }
        "dict" | "object" => {
            let Some((key, of)) = of.and_then(|of| of.split_once(',')) else {
                return plain("object", "dict");
            };
            let (values, of) = type_schema(of);
            let dict = json!({"type": "object", "additionalProperties": values});
            (dict, format!("dict[{}, {of}]", key.trim()))
        }
        _ => plain("string", "str"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_parameters_are_those_of_python() {
        let definitions = json!({
            "day": {"type": "str", "description": "Which", "required": true},
            "counts": {"type": "list[int]"},
            "weights": {"type": "dict[str, list[float]]"},
        });
        let numbers = json!({"type": "array", "items": {"type": "number"}});
        let expected = json!({
            "type": "object",
            "properties": {
                "day": {"type": "string", "description": "Which"},
                "counts": {"type": "array", "items": {"type": "integer"}},
                "weights": {"type": "object", "additionalProperties": numbers},
            },
            "required": ["day"],
        });
        assert_eq!(input_schema(&definitions), expected);
    }

    #[test]
    fn another_spelling_of_a_type_is_kept() {
        for (told, json, kept) in [
            ("int", "integer", Value::Null),
            ("Integer", "integer", json!("Integer")),
            ("datetime", "string", json!("datetime")),
            ("List[str", "array", json!("List[str")),
        ] {
            let schema = input_schema(&json!({"a": {"type": told}}));
            let property = &schema["properties"]["a"];
            assert_eq!(
                (&property["type"], &property["$comment"]),
                (&json!(json), &kept)
            );
        }
    }
}
