//! Whether a value satisfies a schema.

mod containers;
mod scalars;

pub(super) use containers::item_schema;
pub(super) use scalars::multiple;

use std::collections::HashMap;

use regex::Regex;
use serde_json::{Map, Value};

use super::{SchemaError, pattern, refs::Refs};

/// Schemas that are applied before a check is given up as too complex.
const MAX_STEPS: usize = 200_000;

type Valid = Result<bool, SchemaError>;

/// Checks values against one schema.
pub(super) struct Checker<'a> {
    refs: Refs<'a>,
    patterns: HashMap<&'a str, Regex>,
    /// References that are being followed, and for which value: one that comes again adds nothing.
    following: Vec<(*const Value, *const Value)>,
    steps: usize,
}

impl<'a> Checker<'a> {
    pub(super) fn new(refs: Refs<'a>) -> Self {
        Self {
            refs,
            patterns: HashMap::new(),
            following: Vec::new(),
            steps: 0,
        }
    }

    /// Whether `value` satisfies `schema`.
    pub(super) fn valid(&mut self, schema: &'a Value, value: &Value) -> Valid {
        match schema {
            Value::Bool(valid) => Ok(*valid),
            Value::Object(part) => self.part_valid(part, value),
            _ => Err(SchemaError::NotASchema),
        }
    }

    /// As [`Self::valid`], for a schema that is an object.
    pub(super) fn part_valid(&mut self, part: &'a Map<String, Value>, value: &Value) -> Valid {
        // Long lists take longer to look through.
        let listed = list(part, "enum").map_or(0, |values| values.len() / 16);
        let items = value.as_array().map_or(0, |items| items.len() / 16);
        self.steps += 1 + listed + items;
        if self.steps > MAX_STEPS {
            return Err(SchemaError::TooComplex);
        }
        if !scalars::typed(part, value) || !scalars::listed(part, value) {
            return Ok(false);
        }
        let fits = match value {
            Value::Number(number) => scalars::number(part, number),
            Value::String(text) => self.string(part, text)?,
            Value::Array(items) => self.array(part, items)?,
            Value::Object(members) => self.object(part, members)?,
            Value::Null | Value::Bool(_) => true,
        };
        Ok(fits
            && self.referred(part, value)?
            && self.combined(part, value)?
            && self.conditional(part, value)?)
    }

    fn string(&mut self, part: &'a Map<String, Value>, text: &str) -> Valid {
        if !scalars::length(part, text) {
            return Ok(false);
        }
        match part.get("pattern").and_then(Value::as_str) {
            Some(pattern) => self.matches(pattern, text),
            None => Ok(true),
        }
    }

    /// Whether `pattern` is found in `text`.
    pub(super) fn matches(&mut self, pattern: &'a str, text: &str) -> Valid {
        if let Some(regex) = self.patterns.get(pattern) {
            return Ok(regex.is_match(text));
        }
        let regex = pattern::compile(pattern)?;
        let found = regex.is_match(text);
        self.patterns.insert(pattern, regex);
        Ok(found)
    }

    fn referred(&mut self, part: &'a Map<String, Value>, value: &Value) -> Valid {
        let Some(reference) = part.get("$ref").and_then(Value::as_str) else {
            return Ok(true);
        };
        let target = self.refs.resolve(reference)?;
        let step = (std::ptr::from_ref(target), std::ptr::from_ref(value));
        if self.following.contains(&step) {
            return Ok(true);
        }
        self.following.push(step);
        let valid = self.valid(target, value);
        self.following.pop();
        valid
    }

    fn combined(&mut self, part: &'a Map<String, Value>, value: &Value) -> Valid {
        if let Some(schemas) = list(part, "allOf")
            && self.matching(schemas, value)? < schemas.len()
        {
            return Ok(false);
        }
        if let Some(schemas) = list(part, "anyOf")
            && self.matching(schemas, value)? == 0
        {
            return Ok(false);
        }
        if let Some(schemas) = list(part, "oneOf")
            && self.matching(schemas, value)? != 1
        {
            return Ok(false);
        }
        match part.get("not") {
            Some(not) => Ok(!self.valid(not, value)?),
            None => Ok(true),
        }
    }

    fn matching(&mut self, schemas: &'a [Value], value: &Value) -> Result<usize, SchemaError> {
        let mut matching = 0;
        for schema in schemas {
            matching += usize::from(self.valid(schema, value)?);
        }
        Ok(matching)
    }

    fn conditional(&mut self, part: &'a Map<String, Value>, value: &Value) -> Valid {
        let Some(condition) = part.get("if") else {
            return Ok(true);
        };
        let branch = if self.valid(condition, value)? {
            "then"
        } else {
            "else"
        };
        part.get(branch)
            .map_or(Ok(true), |schema| self.valid(schema, value))
    }
}

fn list<'a>(part: &'a Map<String, Value>, keyword: &str) -> Option<&'a [Value]> {
    part.get(keyword)?.as_array().map(Vec::as_slice)
}

/// Equality as JSON Schema has it: `1` and `1.0` are one number.
pub(super) fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Number(a), Value::Number(b)) => {
            a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64()
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(name, a)| b.get(name).is_some_and(|b| equal(a, b)))
        }
        _ => left == right,
    }
}
