//! Documents in a fixed member order.
//!
//! A generated `Document` is a hash map, whose members come in another order in every process.
//! What depends on order (answers, cache keys, texts) reads them through here.

use std::collections::HashMap;

use aws_smithy_types::{Document, Number};
use serde_json::{Map, Value};

/// The same data with the members of every object sorted by name.
#[must_use]
pub fn to_value(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(*value),
        Document::String(value) => Value::String(value.clone()),
        Document::Number(Number::PosInt(value)) => Value::from(*value),
        Document::Number(Number::NegInt(value)) => Value::from(*value),
        Document::Number(Number::Float(value)) => Value::from(*value),
        Document::Array(values) => values.iter().map(to_value).collect(),
        Document::Object(members) => Value::Object(sorted(members)),
    }
}

fn sorted(members: &HashMap<String, Document>) -> Map<String, Value> {
    let mut names: Vec<_> = members.iter().collect();
    names.sort_unstable_by_key(|(name, _)| *name);
    names
        .into_iter()
        .map(|(name, value)| (name.clone(), to_value(value)))
        .collect()
}

/// The same data as a generated type takes it.
#[must_use]
pub fn to_document(value: &Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(*value),
        Value::String(value) => Document::String(value.clone()),
        Value::Number(number) => Document::Number(to_number(number)),
        Value::Array(values) => Document::Array(values.iter().map(to_document).collect()),
        Value::Object(members) => Document::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), to_document(value)))
                .collect(),
        ),
    }
}

fn to_number(number: &serde_json::Number) -> Number {
    if let Some(value) = number.as_u64() {
        Number::PosInt(value)
    } else if let Some(value) = number.as_i64() {
        Number::NegInt(value)
    } else {
        Number::Float(number.as_f64().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_come_sorted_whatever_their_order_was() {
        let value = json!({"b": [1, -2, 2.5, null], "a": {"z": true, "y": "x"}});
        let text = to_value(&to_document(&value)).to_string();
        assert_eq!(text, r#"{"a":{"y":"x","z":true},"b":[1,-2,2.5,null]}"#);
    }
}
