//! The wording of violations.
//!
//! Seen in live errors of Bedrock and of other services on the same framework:
//!
//! - `Value 'tool' at 'messages.3.member.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant]`
//! - `Value at 'messages.2.member.content.1.member.toolUse.name' failed to satisfy constraint: …`: the value is left out
//!   everywhere inside message content, and where it is a list of structures (`toolConfig.tools`)
//! - `Value '[a, b]' at 'inferenceConfig.stopSequences' failed to satisfy constraint: Member must have length less than or equal to 4`
//! - lists and maps of simple values are judged as a whole: `Member must satisfy constraint: [Member must have length …]`,
//!   `Map keys must satisfy constraint: […]`, `Map value must satisfy constraint: […]`

use std::fmt::Write as _;

use serde_json::{Number, Value};

use crate::constraint::{Constraints, NumberKind};

/// Longest value that a message repeats, in characters. The service has no bound; a message of megabytes helps nobody.
const VALUE_CHARS: usize = 1024;

/// Most violations that one message spells out. All are counted.
pub(super) const SPELLED_OUT: usize = 100;

pub(super) const NOT_NULL: &str = "Member must not be null";
pub(super) const UNIQUE: &str = "Member must have unique values";

/// One broken constraint.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Violation {
    pub(super) value: Shown,
    pub(super) path: String,
    pub(super) constraint: String,
}

/// How a message shows the value that broke a constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shown {
    Null,
    Text(String),
    /// Left out.
    Hidden,
}

/// The message of a `ValidationException`: how many violations there are, and the first ones.
pub(super) fn violations(count: usize, violations: &[Violation]) -> String {
    let plural = if count == 1 { "" } else { "s" };
    let mut message = format!("{count} validation error{plural} detected: ");
    for (position, violation) in violations.iter().enumerate() {
        if position > 0 {
            message.push_str("; ");
        }
        let _ = match &violation.value {
            Shown::Null => write!(message, "Value null"),
            Shown::Text(text) => write!(message, "Value '{text}'"),
            Shown::Hidden => write!(message, "Value"),
        };
        let Violation {
            path, constraint, ..
        } = violation;
        let _ = write!(
            message,
            " at '{path}' failed to satisfy constraint: {constraint}"
        );
    }
    if count > violations.len() {
        let _ = write!(message, "; and {} more", count - violations.len());
    }
    message
}

pub(super) fn at_most_long(most: u64) -> String {
    format!("Member must have length less than or equal to {most}")
}

pub(super) fn at_least_long(least: u64) -> String {
    format!("Member must have length greater than or equal to {least}")
}

pub(super) fn at_most(most: &Number) -> String {
    format!(
        "Member must have value less than or equal to {}",
        plain(most)
    )
}

pub(super) fn at_least(least: &Number) -> String {
    format!(
        "Member must have value greater than or equal to {}",
        plain(least)
    )
}

pub(super) fn pattern(official: &str) -> String {
    format!("Member must satisfy regular expression pattern: {official}")
}

pub(super) fn one_of(values: &[String]) -> String {
    format!(
        "Member must satisfy enum value set: [{}]",
        values.join(", ")
    )
}

/// Everything that is asked of each element of a list or map, as one text.
pub(super) fn of_each(constraints: &[&Constraints], values: Option<&[String]>) -> String {
    let first = |text: fn(&Constraints) -> Option<String>| {
        constraints.iter().find_map(|constraints| text(constraints))
    };
    let texts = [
        first(|constraints| {
            constraints
                .length
                .and_then(|(_, most)| most)
                .map(at_most_long)
        }),
        first(|constraints| {
            constraints
                .length
                .and_then(|(least, _)| least)
                .map(at_least_long)
        }),
        first(|constraints| {
            constraints
                .range
                .as_ref()
                .and_then(|(_, most)| most.as_ref())
                .map(at_most)
        }),
        first(|constraints| {
            constraints
                .range
                .as_ref()
                .and_then(|(least, _)| least.as_ref())
                .map(at_least)
        }),
        first(|constraints| {
            constraints
                .pattern
                .as_ref()
                .map(|expected| pattern(expected.official()))
        }),
        values.map(one_of),
    ];
    texts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A bound without an exponent, and without the `.0` that a float has.
fn plain(number: &Number) -> String {
    match number.as_f64() {
        Some(value) if number.is_f64() => value.to_string(),
        _ => number.to_string(),
    }
}

/// A value as messages repeat it. Lists and maps of structures are left out.
pub(super) fn shown(value: &Value, kind: Option<NumberKind>) -> Shown {
    let text = match value {
        Value::Null => return Shown::Null,
        Value::Array(elements) if elements.iter().any(is_nested) => return Shown::Hidden,
        Value::Object(members) if members.values().any(is_nested) => return Shown::Hidden,
        Value::Array(elements) => {
            let elements: Vec<_> = elements
                .iter()
                .map(|element| simple(element, kind))
                .collect();
            format!("[{}]", elements.join(", "))
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, value)| format!("{key}={}", simple(value, kind)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        value => simple(value, kind),
    };
    Shown::Text(bounded(text))
}

fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

fn simple(value: &Value, kind: Option<NumberKind>) -> String {
    match (value, kind) {
        (Value::String(text), _) => text.clone(),
        // The service prints what it has parsed: a float has a fraction.
        (Value::Number(number), Some(NumberKind::Float | NumberKind::Double)) => number
            .as_f64()
            .map_or_else(|| number.to_string(), |value| format!("{value:?}")),
        (value, _) => value.to_string(),
    }
}

fn bounded(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(VALUE_CHARS) {
        text.truncate(end);
        text.push_str("...");
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: &Value, kind: Option<NumberKind>) -> String {
        match shown(value, kind) {
            Shown::Text(text) => text,
            Shown::Null => "null".to_owned(),
            Shown::Hidden => "hidden".to_owned(),
        }
    }

    #[test]
    fn values_are_shown_as_the_service_does() {
        for (value, kind, expected) in [
            (json!("tool"), None, "tool"),
            (json!(0), Some(NumberKind::Integer), "0"),
            (json!(2), Some(NumberKind::Float), "2.0"),
            (json!(1.5), Some(NumberKind::Float), "1.5"),
            (json!(["</CO", "def"]), None, "[</CO, def]"),
            (json!([]), None, "[]"),
            (json!({"k": "v"}), None, "{k=v}"),
            (json!([{"a": 1}]), None, "hidden"),
            (json!(null), None, "null"),
        ] {
            assert_eq!(text(&value, kind), expected);
        }
    }

    #[test]
    fn long_values_are_cut_between_characters() {
        let long = text(&json!("é".repeat(5000)), None);
        assert_eq!(long.chars().count(), VALUE_CHARS + 3);
        assert!(long.ends_with("é..."));
    }

    #[test]
    fn violations_are_counted_and_joined() {
        let violation = |path: &str| Violation {
            value: Shown::Hidden,
            path: path.to_owned(),
            constraint: NOT_NULL.to_owned(),
        };
        let one = "Value at 'a' failed to satisfy constraint: Member must not be null";
        assert_eq!(
            violations(1, &[violation("a")]),
            format!("1 validation error detected: {one}")
        );
        let two = format!("2 validation errors detected: {one}; {one}");
        assert_eq!(violations(2, &[violation("a"), violation("a")]), two);
        let many: Vec<_> = (0..103).map(|_| violation("a")).collect();
        let many = violations(103, &many[..100]);
        assert!(
            many.starts_with("103 validation errors detected") && many.ends_with("; and 3 more"),
            "{many}"
        );
    }

    #[test]
    fn bounds_are_plain_numbers() {
        let number = |text: &str| serde_json::from_str::<Number>(text).expect("a number");
        assert_eq!(
            at_most(&number("1.0")),
            "Member must have value less than or equal to 1"
        );
        assert_eq!(
            at_least(&number("1e-07")),
            "Member must have value greater than or equal to 0.0000001"
        );
        assert_eq!(
            at_least(&number("0.5")),
            "Member must have value greater than or equal to 0.5"
        );
    }
}
