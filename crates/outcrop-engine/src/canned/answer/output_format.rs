//! The schema that a request wants its text to be an instance of.

use bedrock_runtime_smithy::model::OutputFormatStructure;
use serde_json::Value;

use crate::{ConverseRequest, EngineError, canned::family::Family};

/// A JSON schema and the member of the request that has it.
#[derive(Debug, PartialEq)]
pub(super) struct Format {
    pub(super) place: &'static str,
    pub(super) schema: Value,
}

impl Format {
    /// What the request asks for: in `outputConfig`, or for Claude where Anthropic's own body has it.
    pub(super) fn of(request: &ConverseRequest) -> Result<Option<Self>, EngineError> {
        let converse = request
            .output_config
            .as_ref()
            .and_then(|config| config.text_format.as_ref());
        if let Some(format) = converse {
            let OutputFormatStructure::JsonSchema(definition) = &format.structure;
            return parsed(&definition.schema).map(Some);
        }
        if Family::of(&request.model).is_claude() {
            return anthropic(request);
        }
        Ok(None)
    }
}

fn parsed(schema: &str) -> Result<Format, EngineError> {
    const PLACE: &str = "outputConfig.textFormat.structure.jsonSchema.schema";
    let schema = serde_json::from_str(schema).map_err(|error| {
        EngineError::Validation(format!(
            "The value at {PLACE} is not valid JSON: {error}. Provide a JSON schema."
        ))
    })?;
    Ok(Format {
        place: PLACE,
        schema,
    })
}

/// `output_config.format`, or `output_format` as it was called in its beta, among the fields that Converse passes on.
/// Clients that speak Converse and know Claude send it (the AI SDK's provider does).
fn anthropic(request: &ConverseRequest) -> Result<Option<Format>, EngineError> {
    let Some(fields) = &request.additional_model_request_fields else {
        return Ok(None);
    };
    let nested = fields
        .get("output_config")
        .and_then(|config| config.get("format"));
    let (place, format) = match (nested, fields.get("output_format")) {
        (Some(format), _) => ("output_config.format", format),
        (None, Some(format)) => ("output_format", format),
        (None, None) => return Ok(None),
    };
    if format.is_null() {
        return Ok(None);
    }
    if format.get("type").and_then(Value::as_str) != Some("json_schema") {
        let message = format!("{place}.type: Input should be 'json_schema'");
        return Err(EngineError::ModelValidation(message));
    }
    match format.get("schema") {
        Some(schema) => Ok(Some(Format {
            place,
            schema: schema.clone(),
        })),
        None => Err(EngineError::ModelValidation(format!(
            "{place}.schema: Field required"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::canned::testing::{CLAUDE, NOVA, ask};

    fn format(model: &str, fields: Value) -> Result<Option<Format>, EngineError> {
        let mut request = ask(model, "Tell me about Paris");
        request.additional_model_request_fields = Some(fields);
        Format::of(&request)
    }

    #[test]
    fn claude_reads_it_where_its_own_body_has_it() {
        let wanted = json!({"type": "json_schema", "schema": {"type": "object"}});
        for (place, fields) in [
            (
                "output_config.format",
                json!({"output_config": {"effort": "low", "format": wanted}}),
            ),
            ("output_format", json!({"output_format": wanted})),
        ] {
            let schema = json!({"type": "object"});
            let found = format(CLAUDE, fields.clone()).unwrap();
            assert_eq!(found, Some(Format { place, schema }));
            assert_eq!(format(NOVA, fields).unwrap(), None);
        }
    }

    #[test]
    fn without_a_format_there_is_none() {
        for fields in [
            json!({}),
            json!({"output_config": {"effort": "low"}}),
            json!({"output_config": {"format": null}}),
            json!({"output_config": "low"}),
            json!("output_format"),
        ] {
            assert_eq!(format(CLAUDE, fields).unwrap(), None);
        }
    }

    #[test]
    fn a_broken_format_is_refused() {
        for (wanted, message) in [
            (
                json!({"type": "yaml"}),
                "output_config.format.type: Input should be 'json_schema'",
            ),
            (
                json!({"type": "json_schema"}),
                "output_config.format.schema: Field required",
            ),
        ] {
            let refusal = format(CLAUDE, json!({"output_config": {"format": wanted}}));
            let Err(EngineError::ModelValidation(found)) = refusal else {
                panic!("{refusal:?}");
            };
            assert_eq!(found, message);
        }
    }
}
