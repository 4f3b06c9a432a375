//! Native bodies as JSON.

use aws_smithy_types::base64;
use outcrop_catalogue::Model;
use outcrop_engine::canned::tokenizer;
use serde_json::{Map, Number, Value};

use crate::DialectError;

/// Reads a body that has to be a JSON object.
pub(crate) fn parse(body: &[u8]) -> Result<Map<String, Value>, DialectError> {
    serde_json::from_slice(body).map_err(|_| DialectError::Malformed)
}

/// The same data with the members of every object in the order of their names.
pub(crate) fn sorted(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.into_iter().collect();
            members.sort_unstable_by(|(left, _), (right, _)| left.cmp(right));
            members
                .into_iter()
                .map(|(name, value)| (name, sorted(value)))
                .collect()
        }
        Value::Array(values) => values.into_iter().map(sorted).collect(),
        other => other,
    }
}

/// A vector with each number as short as its precision allows; `f64` would show digits that an `f32` does not have.
pub(crate) fn floats(vector: &[f32]) -> Value {
    vector.iter().map(|number| float(*number)).collect()
}

/// One number of a vector.
pub(crate) fn float(number: f32) -> Value {
    let shortest = number.to_string().parse().ok().and_then(Number::from_f64);
    shortest.map_or(Value::Null, Value::Number)
}

/// The length of a vector: the one that is asked for, or the model's own.
pub(crate) fn dimensions(model: &Model, asked: Option<&Value>) -> usize {
    let asked = asked
        .and_then(Value::as_u64)
        .and_then(|length| usize::try_from(length).ok());
    let own = model.capabilities.embedding_dimensions.first();
    asked.unwrap_or_else(|| own.map_or(1024, |length| *length as usize))
}

/// The bytes of a data URI (`data:image/png;base64,…`), or of bare base64.
pub(crate) fn data_uri(text: &str) -> Option<Vec<u8>> {
    let data = match text.strip_prefix("data:") {
        Some(uri) => uri.split_once(";base64,")?.1,
        None => text,
    };
    base64::decode(data).ok()
}

/// The beginning of a text, of so many tokens at most.
pub(crate) fn first_tokens(text: &str, limit: u64) -> &str {
    tokenizer::truncate(text, limit).unwrap_or(text)
}

/// The end of a text, of about so many tokens.
pub(crate) fn last_tokens(text: &str, limit: u64) -> &str {
    let surplus = tokenizer::count(text).saturating_sub(limit);
    let dropped = match surplus {
        0 => 0,
        _ => first_tokens(text, surplus).len(),
    };
    &text[dropped..]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_body_is_an_object() {
        assert!(parse(br#"{"a":1}"#).is_ok());
        for body in ["", "[]", "\"text\"", "{", "{\"a\":1} x", "\u{0}"] {
            assert_eq!(
                parse(body.as_bytes()),
                Err(DialectError::Malformed),
                "{body}"
            );
        }
    }

    #[test]
    fn numbers_of_vectors_are_short() {
        assert_eq!(
            floats(&[0.1, -0.033_675_402, 1.0]).to_string(),
            "[0.1,-0.033675402,1.0]"
        );
    }

    #[test]
    fn sorting_goes_all_the_way_down() {
        let value = json!({"b": [{"d": 1, "c": 2}], "a": null});
        assert_eq!(
            sorted(value).to_string(),
            r#"{"a":null,"b":[{"c":2,"d":1}]}"#
        );
    }

    #[test]
    fn texts_are_cut_at_either_end() {
        let text = "The quick brown fox jumps over the lazy dog";
        assert_eq!(first_tokens(text, 2), "The quick");
        assert_eq!(last_tokens(text, 2), " lazy dog");
        assert_eq!((first_tokens(text, 9), last_tokens(text, 9)), (text, text));
    }
}
