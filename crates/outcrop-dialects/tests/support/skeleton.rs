//! The shape of a JSON value: its keys and types.

use serde_json::Value;

/// Keys in order and types; elements of a list that have the same shape are told once.
pub(crate) fn of(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "bool".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::String(_) => "string".to_owned(),
        Value::Array(values) => {
            let mut shapes: Vec<_> = values.iter().map(of).collect();
            shapes.dedup();
            format!("[{}]", shapes.join("|"))
        }
        Value::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("{name}:{}", of(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
    }
}

/// The same value without members of these names, anywhere, and, where the recorder did not keep it, without an order.
pub(crate) fn without(value: &Value, names: &[&str], ordered: bool) -> Value {
    match value {
        Value::Array(values) => values
            .iter()
            .map(|value| without(value, names, ordered))
            .collect(),
        Value::Object(members) => {
            let kept = members
                .iter()
                .filter(|(name, _)| !names.contains(&name.as_str()));
            let mut kept: Vec<_> = kept
                .map(|(name, value)| (name.clone(), without(value, names, ordered)))
                .collect();
            if !ordered {
                kept.sort_by(|(left, _), (right, _)| left.cmp(right));
            }
            Value::Object(kept.into_iter().collect())
        }
        other => other.clone(),
    }
}
