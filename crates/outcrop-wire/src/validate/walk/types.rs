//! Values of the wrong type.
//!
//! The real service answers those with a `SerializationException` of its framework. Live from Bedrock: `Start of
//! structure or map found where not expected`, for an object where a string belongs; the other sentences are those of
//! the same framework elsewhere. The service does not say where; here the path follows.

use aws_smithy_types::{DateTime, base64, date_time::Format};
use serde_json::Value;

use crate::constraint::{Kind, NumberKind};

/// What is wrong with the type of a value, or `None` if it fits.
pub(super) fn mismatch(kind: &Kind, value: &Value) -> Option<String> {
    match (kind, value) {
        (Kind::Document, _)
        | (_, Value::Null)
        | (Kind::Structure(_) | Kind::Union(_) | Kind::Map(_), Value::Object(_))
        | (Kind::List { .. }, Value::Array(_)) => None,
        (_, Value::Object(_)) => {
            Some("Start of structure or map found where not expected".to_owned())
        }
        (_, Value::Array(_)) => Some("Start of list found where not expected".to_owned()),
        (Kind::Structure(_) | Kind::Union(_) | Kind::Map(_) | Kind::List { .. }, _) => {
            Some("Unexpected field type".to_owned())
        }
        (simple, value) => simple_mismatch(simple, value),
    }
}

fn simple_mismatch(kind: &Kind, value: &Value) -> Option<String> {
    let (fits, name) = match kind {
        Kind::Text { .. } => (value.is_string(), "String"),
        Kind::Boolean => (value.is_boolean(), "Boolean"),
        Kind::Number(number) => (number_fits(*number, value), number.name()),
        Kind::Timestamp => (timestamp_fits(value), "Timestamp"),
        Kind::Blob => {
            let fits = value
                .as_str()
                .is_some_and(|text| base64::decode(text).is_ok());
            return (!fits)
                .then(|| "only base-64-encoded strings are convertible to bytes".to_owned());
        }
        _ => return None,
    };
    (!fits).then(|| format!("{} cannot be converted to {name}", token(value)))
}

fn number_fits(kind: NumberKind, value: &Value) -> bool {
    match kind.bounds() {
        Some((least, most)) => value
            .as_i64()
            .is_some_and(|number| (least..=most).contains(&number)),
        None => match value {
            Value::String(text) => matches!(text.as_str(), "NaN" | "Infinity" | "-Infinity"),
            value => value.is_number(),
        },
    }
}

fn timestamp_fits(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::String(text) => [Format::DateTimeWithOffset, Format::HttpDate]
            .into_iter()
            .any(|format| DateTime::from_str(text, format).is_ok()),
        _ => false,
    }
}

fn token(value: &Value) -> &'static str {
    match value {
        Value::Null => "NULL_VALUE",
        Value::Bool(true) => "TRUE_VALUE",
        Value::Bool(false) => "FALSE_VALUE",
        Value::Number(number) if number.is_f64() => "DECIMAL_VALUE",
        Value::Number(_) => "NUMBER_VALUE",
        Value::String(_) => "STRING_VALUE",
        Value::Array(_) => "START_LIST",
        Value::Object(_) => "START_STRUCTURE",
    }
}
