//! The constraints of simple values, and the lengths of all.

use serde_json::Value;

use super::value::Walker;
use crate::{
    constraint::{Constraints, Kind, NumberKind, Shape},
    validate::message,
};

impl Walker<'_> {
    pub(super) fn simple(&mut self, shape: &Shape, constraints: [&Constraints; 2], value: &Value) {
        match (&shape.kind, value) {
            (Kind::Text { values }, Value::String(text)) => {
                self.text(constraints, values.as_deref(), text, value);
            }
            (Kind::Number(kind), value) => self.range(*kind, constraints, value),
            _ => {}
        }
    }

    /// In the service's order: too long, wrong pattern, too short.
    fn text(
        &mut self,
        constraints: [&Constraints; 2],
        values: Option<&[String]>,
        text: &str,
        value: &Value,
    ) {
        let length = text.chars().count() as u64;
        let (least, most) =
            first(constraints, |constraints| constraints.length).unwrap_or_default();
        if let Some(most) = most.filter(|most| length > *most) {
            self.violate(value, None, message::at_most_long(most));
        }
        let pattern = constraints
            .into_iter()
            .find_map(|constraints| constraints.pattern.as_ref());
        if let Some(pattern) = pattern.filter(|pattern| !pattern.matches(text)) {
            self.violate(value, None, message::pattern(pattern.official()));
        }
        if let Some(least) = least.filter(|least| length < *least) {
            self.violate(value, None, message::at_least_long(least));
        }
        if let Some(values) = values.filter(|values| !values.iter().any(|known| known == text)) {
            self.violate(value, None, message::one_of(values));
        }
    }

    pub(super) fn length(&mut self, constraints: &[&Constraints; 2], length: usize, value: &Value) {
        let length = length as u64;
        let (least, most) =
            first(*constraints, |constraints| constraints.length).unwrap_or_default();
        if let Some(most) = most.filter(|most| length > *most) {
            self.violate(value, None, message::at_most_long(most));
        }
        if let Some(least) = least.filter(|least| length < *least) {
            self.violate(value, None, message::at_least_long(least));
        }
    }

    fn range(&mut self, kind: NumberKind, constraints: [&Constraints; 2], value: &Value) {
        let range = constraints
            .into_iter()
            .find_map(|constraints| constraints.range.as_ref());
        let (Some((least, most)), Some(number)) = (range, number(value)) else {
            return;
        };
        if let Some(most) = most
            .as_ref()
            .filter(|most| most.as_f64().is_some_and(|most| number > most))
        {
            self.violate(value, Some(kind), message::at_most(most));
        }
        // Not a number is nowhere in a range.
        let below = |least: f64| number < least || number.is_nan();
        if let Some(least) = least
            .as_ref()
            .filter(|least| least.as_f64().is_some_and(below))
        {
            self.violate(value, Some(kind), message::at_least(least));
        }
    }
}

fn first<T>(constraints: [&Constraints; 2], of: fn(&Constraints) -> Option<T>) -> Option<T> {
    constraints.into_iter().find_map(of)
}

fn number(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("NaN") => Some(f64::NAN),
        Some("Infinity") => Some(f64::INFINITY),
        Some("-Infinity") => Some(f64::NEG_INFINITY),
        _ => value.as_f64(),
    }
}
