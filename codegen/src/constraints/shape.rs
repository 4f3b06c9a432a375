//! One shape of the constraint table.

use serde_json::{Value, json};

use super::THIS;
use crate::ast::{Object, get_trait, has_trait, kind_of, local_name, members, target};
use crate::prepare::PrepareError;

/// The entry of a shape. `open` marks an enum that takes other values too.
pub(super) fn shape(id: &str, shape: &Value, open: bool) -> Result<Value, PrepareError> {
    let mut entry = Object::new();
    let values = enum_values(shape);
    let kind = if values.is_empty() {
        kind_of(shape)
    } else {
        "string"
    };
    entry.insert("type".to_owned(), json!(kind));
    add_constraints(&mut entry, shape);
    match kind {
        "structure" | "union" => {
            let mut described = Object::new();
            for (name, value) in members(shape) {
                described.insert(name.to_owned(), member(id, name, value)?);
            }
            described.sort_keys();
            entry.insert("members".to_owned(), Value::Object(described));
        }
        "list" | "map" => {
            for (name, value) in members(shape) {
                entry.insert(name.to_owned(), member(id, name, value)?);
            }
        }
        _ if !values.is_empty() => {
            entry.insert("enum".to_owned(), json!(values));
            if open {
                entry.insert("open".to_owned(), json!(true));
            }
        }
        _ => {}
    }
    Ok(Value::Object(entry))
}

/// What a member says beyond its target: where it is bound, whether it must be there, its own constraints.
fn member(id: &str, name: &str, member: &Value) -> Result<Value, PrepareError> {
    let mut entry = Object::new();
    entry.insert("target".to_owned(), json!(local_name(target(member))));
    let has_default =
        get_trait(member, "smithy.api#default").is_some_and(|default| !default.is_null());
    if has_trait(member, "smithy.api#required") && !has_default {
        entry.insert("required".to_owned(), json!(true));
    }
    if let Some(binding) = binding(id, name, member)? {
        entry.insert("in".to_owned(), json!(binding));
    }
    if let Some(json_name) = get_trait(member, "smithy.api#jsonName") {
        entry.insert("name".to_owned(), json_name.clone());
    }
    add_constraints(&mut entry, member);
    Ok(Value::Object(entry))
}

/// Where a member travels; `None` for the JSON body.
fn binding(id: &str, name: &str, member: &Value) -> Result<Option<String>, PrepareError> {
    let text = |id: &str| get_trait(member, id).and_then(Value::as_str);
    if has_trait(member, "smithy.api#httpQueryParams") {
        let (shape, problem) = (format!("{id}${name}"), "@httpQueryParams is new".to_owned());
        return Err(PrepareError::Unexpected {
            shape,
            problem,
            transformation: THIS,
        });
    }
    Ok(if has_trait(member, "smithy.api#httpLabel") {
        Some("label".to_owned())
    } else if has_trait(member, "smithy.api#httpPayload") {
        Some("payload".to_owned())
    } else if let Some(query) = text("smithy.api#httpQuery") {
        Some(format!("query:{query}"))
    } else if let Some(header) = text("smithy.api#httpHeader") {
        Some(format!("header:{header}"))
    } else {
        text("smithy.api#httpPrefixHeaders").map(|prefix| format!("prefix:{prefix}"))
    })
}

fn add_constraints(entry: &mut Object, shape: &Value) {
    for (id, key) in [
        ("smithy.api#length", "length"),
        ("smithy.api#range", "range"),
    ] {
        if let Some(bounds) = get_trait(shape, id) {
            entry.insert(
                key.to_owned(),
                json!([bounds.get("min"), bounds.get("max")]),
            );
        }
    }
    if let Some(pattern) = get_trait(shape, "smithy.api#pattern").and_then(Value::as_str) {
        entry.insert("pattern".to_owned(), json!(without_anchors(pattern)));
    }
    if has_trait(shape, "smithy.api#uniqueItems") {
        entry.insert("unique".to_owned(), json!(true));
    }
    if let Some(format) = get_trait(shape, "smithy.api#timestampFormat") {
        entry.insert("format".to_owned(), format.clone());
    }
}

/// A pattern without `^` at its start and `$` at its end, as the live service prints it.
fn without_anchors(pattern: &str) -> &str {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let backslashes = pattern
        .chars()
        .rev()
        .skip(1)
        .take_while(|&character| character == '\\')
        .count();
    if backslashes % 2 == 1 {
        pattern
    } else {
        pattern.strip_suffix('$').unwrap_or(pattern)
    }
}

/// The values of an enum, whichever way the model spells it; empty for every other shape.
fn enum_values(shape: &Value) -> Vec<&str> {
    if kind_of(shape) == "enum" {
        let value = |(name, member)| {
            get_trait(member, "smithy.api#enumValue")
                .and_then(Value::as_str)
                .unwrap_or(name)
        };
        return members(shape).map(value).collect();
    }
    let values = get_trait(shape, "smithy.api#enum").and_then(Value::as_array);
    values
        .into_iter()
        .flatten()
        .filter_map(|value| value.get("value")?.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_outer_anchors_only() {
        assert_eq!(without_anchors("^a$"), "a");
        assert_eq!(without_anchors("^a|b$"), "a|b");
        assert_eq!(without_anchors("(^a$)|(^b$)"), "(^a$)|(^b$)");
        assert_eq!(without_anchors(r"a\$"), r"a\$");
    }
}
