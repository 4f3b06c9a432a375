//! Types, listed values, numbers and lengths.

#![expect(clippy::float_cmp, reason = "bounds are exact")]

use serde_json::{Map, Number, Value};

use super::equal;
use crate::canned::schema::node::{Type, count};

pub(super) fn typed(part: &Map<String, Value>, value: &Value) -> bool {
    match part.get("type") {
        Some(Value::String(name)) => is(name, value),
        Some(Value::Array(names)) => names
            .iter()
            .filter_map(Value::as_str)
            .any(|name| is(name, value)),
        _ => true,
    }
}

fn is(name: &str, value: &Value) -> bool {
    let Some(kind) = Type::named(name) else {
        return false;
    };
    match value {
        Value::Null => kind == Type::Null,
        Value::Bool(_) => kind == Type::Boolean,
        Value::String(_) => kind == Type::String,
        Value::Array(_) => kind == Type::Array,
        Value::Object(_) => kind == Type::Object,
        Value::Number(number) => kind == Type::Number || kind == Type::Integer && whole(number),
    }
}

fn whole(number: &Number) -> bool {
    !number.is_f64() || number.as_f64().is_some_and(|float| float.fract() == 0.0)
}

pub(super) fn listed(part: &Map<String, Value>, value: &Value) -> bool {
    part.get("const").is_none_or(|one| equal(one, value))
        && part
            .get("enum")
            .and_then(Value::as_array)
            .is_none_or(|list| list.iter().any(|one| equal(one, value)))
}

pub(super) fn number(part: &Map<String, Value>, number: &Number) -> bool {
    let Some(value) = number.as_f64() else {
        return true;
    };
    let bound = |keyword| part.get(keyword).and_then(Value::as_f64);
    // Draft 4 has a boolean here, which is about `minimum`.
    let exclusive = |keyword| part.get(keyword).and_then(Value::as_bool).unwrap_or(false);
    bound("minimum")
        .is_none_or(|least| value > least || value == least && !exclusive("exclusiveMinimum"))
        && bound("maximum")
            .is_none_or(|most| value < most || value == most && !exclusive("exclusiveMaximum"))
        && bound("exclusiveMinimum").is_none_or(|least| value > least)
        && bound("exclusiveMaximum").is_none_or(|most| value < most)
        && part
            .get("multipleOf")
            .is_none_or(|step| multiple(number, step))
}

/// Whether `number` is a multiple of `step`; exact for integers, and as good as floats are for the rest.
pub(in crate::canned::schema) fn multiple(number: &Number, step: &Value) -> bool {
    if let (Some(number), Some(step)) =
        (number.as_i128(), step.as_number().and_then(Number::as_i128))
    {
        return step == 0 || number % step == 0;
    }
    let (Some(value), Some(step)) = (number.as_f64(), step.as_f64()) else {
        return true;
    };
    let quotient = value / step;
    step == 0.0 || (quotient - quotient.round()).abs() < 1e-9 * quotient.abs().max(1.0)
}

pub(super) fn length(part: &Map<String, Value>, text: &str) -> bool {
    let length = text.chars().count() as u64;
    part.get("minLength")
        .and_then(count)
        .is_none_or(|least| length >= least)
        && part
            .get("maxLength")
            .and_then(count)
            .is_none_or(|most| length <= most)
}
