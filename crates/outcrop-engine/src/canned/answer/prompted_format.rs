//! A schema that a request asks for in words: frameworks write it into the prompt for models that know no other way.

use bedrock_runtime_smithy::model::SystemContentBlock;
use serde_json::{Deserializer, Value};

use crate::{ConverseRequest, canned::reading::Reading};

/// Longer texts are not searched: whoever asks for a form does not say so in a book.
const LONGEST: usize = 256 * 1024;

/// What makes an object a schema, rather than an example of what it describes.
const MEMBERS: [&str; 5] = ["properties", "$ref", "anyOf", "oneOf", "allOf"];

/// The JSON schema in the user's last text, or else in a system prompt, the last one where there are several: examples
/// come first.
pub(super) fn of(request: &ConverseRequest, reading: &Reading<'_>) -> Option<Value> {
    let system = request.system.iter().rev().filter_map(|block| match block {
        SystemContentBlock::Text(text) => Some(text.as_str()),
        SystemContentBlock::CachePoint(_) | SystemContentBlock::GuardContent(_) => None,
    });
    std::iter::once(reading.prompt.text)
        .chain(system)
        .find_map(in_text)
}

fn in_text(text: &str) -> Option<Value> {
    if text.len() > LONGEST || !text.contains("schema") {
        return None;
    }
    let mut found = None;
    let mut from = 0;
    while let Some(start) = text[from..].find('{').map(|at| from + at) {
        let mut values = Deserializer::from_str(&text[start..]).into_iter::<Value>();
        from = match values.next() {
            Some(Ok(value)) => {
                found = Some(value).filter(is_schema).or(found);
                start + values.byte_offset()
            }
            Some(Err(_)) | None => start + 1,
        };
    }
    found
}

fn is_schema(value: &Value) -> bool {
    let described = value.get("type").is_some_and(Value::is_string) && value.get("items").is_some();
    described || MEMBERS.iter().any(|member| value.get(member).is_some())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::canned::testing::{NOVA, ask};

    fn schema_of(text: &str, system: &[&str]) -> Option<Value> {
        let mut request = ask(NOVA, text);
        let blocks = system
            .iter()
            .map(|text| SystemContentBlock::Text((*text).to_owned()));
        request.system = blocks.collect();
        of(&request, &Reading::of(&request).unwrap())
    }

    #[test]
    fn the_last_schema_is_meant() {
        let text = r#"For the schema {"properties": {"foo": {}}} the object {"foo": "bar"} is fine.
            Here is the output schema: ```{"properties": {"city": {"type": "string"}}}```"#;
        let city = json!({"properties": {"city": {"type": "string"}}});
        assert_eq!(schema_of(text, &[]), Some(city.clone()));
        let system = [text, "Be brief."];
        assert_eq!(schema_of("Which city?", &system), Some(city));
    }

    #[test]
    fn other_objects_are_no_schemas() {
        for text in [
            r#"What is a schema of {"type": "object"}?"#,
            r#"Explain {"properties": {}} to me."#,
            "The schema is {broken",
            r#"A schema: {"a": {"b": [1, 2"#,
            "Which city?",
        ] {
            assert_eq!(schema_of(text, &[]), None, "{text}");
        }
    }
}
