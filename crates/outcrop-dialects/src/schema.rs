//! The JSON schemas that the service has for the bodies of most families, and its words for what breaks them.
//!
//! The words are those of the validator that the service uses (recorded:
//! `#/texts/0: expected maxLength: 2048, actual: 19882`, `#: required key [prompt] not found`): for
//! each object its missing keys, then its extraneous ones, then what is wrong inside of the others.

use std::fmt::Display;

use serde_json::{Map, Value};

use crate::DialectError;

/// A member of an object.
#[derive(Debug)]
pub(crate) struct Member {
    name: &'static str,
    kind: Kind,
    required: bool,
}

/// What a value may be.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Anything.
    Any,
    Boolean,
    /// Length in characters.
    String(usize, usize),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number from, to.
    Integer(i64, i64),
    /// One of these numbers.
    Choice(&'static [i64]),
    /// A number from, to.
    Number(f64, f64),
    /// A list of such elements, of a length from, to.
    List(&'static Kind, usize, usize),
    /// An object with these members and no others.
    Object(&'static [Member]),
    /// An object with these members among others.
    Open(&'static [Member]),
}

/// A member that has to be there.
pub(crate) const fn required(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        required: true,
    }
}

/// A member that may be absent.
pub(crate) const fn optional(name: &'static str, kind: Kind) -> Member {
    Member {
        name,
        kind,
        required: false,
    }
}

/// A string of any length.
pub(crate) const TEXT: Kind = Kind::String(0, usize::MAX);
/// A list of strings.
pub(crate) const TEXTS: Kind = Kind::List(&TEXT, 0, usize::MAX);
/// A number of tokens to generate.
pub(crate) const TOKENS: Kind = Kind::Integer(1, i64::MAX);
/// A number from 0 to 1.
pub(crate) const UNIT: Kind = Kind::Number(0.0, 1.0);
/// Any number.
pub(crate) const NUMBER: Kind = Kind::Number(f64::NEG_INFINITY, f64::INFINITY);
/// Any whole number.
pub(crate) const INTEGER: Kind = Kind::Integer(i64::MIN, i64::MAX);

/// Checks a body. Every violation is told, one after the other (recorded).
pub(crate) fn check(body: &Map<String, Value>, schema: &Kind) -> Result<(), DialectError> {
    tell(&violations(body, schema))
}

/// Refuses a body for what breaks its schema, if anything does.
pub(crate) fn tell(found: &[Violation]) -> Result<(), DialectError> {
    if found.is_empty() {
        return Ok(());
    }
    let told: Vec<_> = found
        .iter()
        .map(|(pointer, text)| format!("{pointer}: {text}"))
        .collect();
    Err(DialectError::Schema(told.concat()))
}

/// Checks a body as some models do: one violation is told without its place, several are only counted (recorded).
pub(crate) fn check_briefly(body: &Map<String, Value>, schema: &Kind) -> Result<(), DialectError> {
    match violations(body, schema).as_slice() {
        [] => Ok(()),
        [(_, text)] => Err(DialectError::Schema(text.clone())),
        several => Err(DialectError::Schema(format!(
            "{} schema violations found",
            several.len()
        ))),
    }
}

/// The names of members, in their order.
pub(crate) fn names(members: &'static [Member]) -> impl Iterator<Item = &'static str> {
    members.iter().map(|member| member.name)
}

/// A value that is none of the words at its place.
pub(crate) fn not_in_enum(pointer: &str, value: &Value) -> DialectError {
    DialectError::Schema(format!(
        "{pointer}: {} is not a valid enum value",
        bare(value)
    ))
}

/// Where a body breaks its schema, and how.
pub(crate) type Violation = (String, String);

/// Everything that breaks a schema, in the order in which it is told.
pub(crate) fn violations(body: &Map<String, Value>, schema: &Kind) -> Vec<Violation> {
    let mut found = Vec::new();
    match schema {
        Kind::Object(members) => object(body, members, true, "#", &mut found),
        Kind::Open(members) => object(body, members, false, "#", &mut found),
        _ => {}
    }
    found
}

fn object(
    value: &Map<String, Value>,
    members: &[Member],
    closed: bool,
    pointer: &str,
    found: &mut Vec<Violation>,
) {
    for member in members
        .iter()
        .filter(|member| member.required && !value.contains_key(member.name))
    {
        found.push((
            pointer.to_owned(),
            format!("required key [{}] not found", member.name),
        ));
    }
    for (name, value) in value {
        match members.iter().find(|member| member.name == name) {
            Some(member) => inside(value, &member.kind, &format!("{pointer}/{name}"), found),
            None if closed => {
                let place = found.iter().take_while(|(at, _)| at == pointer).count();
                found.insert(
                    place,
                    (
                        pointer.to_owned(),
                        format!("extraneous key [{name}] is not permitted"),
                    ),
                );
            }
            None => {}
        }
    }
}

fn inside(value: &Value, kind: &Kind, pointer: &str, found: &mut Vec<Violation>) {
    let wrong = match (kind, value) {
        (Kind::Any, _) | (Kind::Boolean, Value::Bool(_)) => None,
        (Kind::String(min, max), Value::String(text)) => length(text.chars().count(), *min, *max),
        (Kind::Word(words), value) => {
            let known = value.as_str().is_some_and(|word| words.contains(&word));
            (!known).then(|| format!("{} is not a valid enum value", bare(value)))
        }
        (Kind::Choice(numbers), value) => {
            let known = value
                .as_i64()
                .is_some_and(|number| numbers.contains(&number));
            (!known).then(|| format!("{} is not a valid enum value", bare(value)))
        }
        (Kind::Integer(min, max), Value::Number(number)) if number.as_i64().is_some() => {
            range(number.as_i64().unwrap_or_default(), *min, *max)
        }
        (Kind::Number(min, max), Value::Number(number)) => {
            range(number.as_f64().unwrap_or_default(), *min, *max)
        }
        (Kind::List(element, min, max), Value::Array(values)) => {
            for (index, value) in values.iter().enumerate() {
                inside(value, element, &format!("{pointer}/{index}"), found);
            }
            count(values.len(), *min, *max)
        }
        (Kind::Object(members), Value::Object(value)) => {
            object(value, members, true, pointer, found);
            None
        }
        (Kind::Open(members), Value::Object(value)) => {
            object(value, members, false, pointer, found);
            None
        }
        (kind, value) => Some(format!(
            "expected type: {}, found: {}",
            expected(kind),
            type_of(value)
        )),
    };
    found.extend(wrong.map(|text| (pointer.to_owned(), text)));
}

fn length(actual: usize, min: usize, max: usize) -> Option<String> {
    if actual < min {
        Some(format!("expected minLength: {min}, actual: {actual}"))
    } else if actual > max {
        Some(format!("expected maxLength: {max}, actual: {actual}"))
    } else {
        None
    }
}

fn count(actual: usize, min: usize, max: usize) -> Option<String> {
    if actual < min {
        Some(format!(
            "expected minimum item count: {min}, found: {actual}"
        ))
    } else if actual > max {
        Some(format!(
            "expected maximum item count: {max}, found: {actual}"
        ))
    } else {
        None
    }
}

fn range<N: PartialOrd + Display + Copy>(actual: N, min: N, max: N) -> Option<String> {
    if actual < min {
        Some(format!("{actual} is not greater or equal to {min}"))
    } else if actual > max {
        Some(format!("{actual} is not less or equal to {max}"))
    } else {
        None
    }
}

fn bare(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::Any | Kind::Object(_) | Kind::Open(_) => "JSONObject",
        Kind::Boolean => "Boolean",
        Kind::String(..) | Kind::Word(_) => "String",
        Kind::Integer(..) | Kind::Choice(_) => "Integer",
        Kind::Number(..) => "Number",
        Kind::List(..) => "JSONArray",
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "Null",
        Value::Bool(_) => "Boolean",
        Value::Number(number) if number.is_f64() => "BigDecimal",
        Value::Number(_) => "Integer",
        Value::String(_) => "String",
        Value::Array(_) => "JSONArray",
        Value::Object(_) => "JSONObject",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SCHEMA: Kind = Kind::Object(&[
        required("texts", Kind::List(&Kind::String(1, 5), 1, 2)),
        required("input_type", Kind::Word(&["a", "b"])),
        optional("dimension", Kind::Choice(&[256, 512])),
        optional("p", UNIT),
        optional("stop", TEXTS),
        optional("config", Kind::Object(&[optional("n", TOKENS)])),
    ]);

    fn told(body: &Value) -> String {
        let result = check(body.as_object().unwrap(), &SCHEMA);
        result
            .err()
            .map_or_else(String::new, |error| error.to_string())
    }

    fn malformed(text: &str) -> String {
        format!("Malformed input request: {text}, please reformat your input and try again.")
    }

    #[test]
    fn what_fits_is_taken() {
        assert_eq!(
            told(&json!({"texts": ["ab"], "input_type": "a", "p": 1, "dimension": 512})),
            ""
        );
    }

    #[test]
    fn missing_keys_come_before_extraneous_ones_and_those_before_the_rest() {
        let body = json!({"p": 2, "inputText": "x", "x": 1});
        let expected = "#: required key [texts] not found#: required key [input_type] not found\
                        #: extraneous key [inputText] is not permitted#: extraneous key [x] is not permitted\
                        #/p: 2 is not less or equal to 1";
        assert_eq!(told(&body), malformed(expected));
    }

    #[test]
    fn each_kind_has_its_words() {
        let with = |name: &str, value: Value| {
            let mut body = json!({"texts": ["ab"], "input_type": "a"});
            body[name] = value;
            told(&body)
        };
        let cases = [
            (
                "texts",
                json!(["abcdef"]),
                "#/texts/0: expected maxLength: 5, actual: 6",
            ),
            (
                "texts",
                json!([]),
                "#/texts: expected minimum item count: 1, found: 0",
            ),
            (
                "texts",
                json!(["a", "b", "c"]),
                "#/texts: expected maximum item count: 2, found: 3",
            ),
            (
                "texts",
                json!([1]),
                "#/texts/0: expected type: String, found: Integer",
            ),
            (
                "stop",
                json!("x"),
                "#/stop: expected type: JSONArray, found: String",
            ),
            (
                "input_type",
                json!("c"),
                "#/input_type: c is not a valid enum value",
            ),
            (
                "dimension",
                json!(3),
                "#/dimension: 3 is not a valid enum value",
            ),
            (
                "config",
                json!({"n": 0}),
                "#/config/n: 0 is not greater or equal to 1",
            ),
            (
                "config",
                json!({"n": 0.5}),
                "#/config/n: expected type: Integer, found: BigDecimal",
            ),
            (
                "config",
                json!({"m": 0}),
                "#/config: extraneous key [m] is not permitted",
            ),
            ("p", json!(null), "#/p: expected type: Number, found: Null"),
        ];
        for (name, value, expected) in cases {
            assert_eq!(with(name, value), malformed(expected));
        }
    }

    #[test]
    fn brief_models_only_count() {
        let brief = |body: Value| {
            check_briefly(body.as_object().unwrap(), &SCHEMA)
                .unwrap_err()
                .to_string()
        };
        assert_eq!(brief(json!({})), malformed("2 schema violations found"));
        assert_eq!(
            brief(json!({"texts": ["a"]})),
            malformed("required key [input_type] not found")
        );
    }
}
