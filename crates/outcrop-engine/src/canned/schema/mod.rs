//! Instances of JSON Schemas: arguments for tools, and structured answers.
//!
//! The same schema and prompt always give the same instance. What it holds, first come first served: the one value
//! that is allowed, a value that the prompt mentions, `default`, `examples`, the first of an `enum`, and else
//! something made to fit. Optional members are there, unless they recurse, cannot be satisfied, or sit more than
//! four objects deep.
//!
//! Keywords of all drafts from 4 to 2020-12 are known, apart from `unevaluatedProperties`, `unevaluatedItems` and
//! dynamic references. Whatever was generated is checked before it is returned, so a schema that is too hard ends in
//! an error, never in a wrong instance.

mod alternatives;
mod array;
mod check;
mod error;
mod format;
mod generate;
mod hints;
mod node;
mod number;
mod object;
mod pattern;
mod refs;
mod string;

pub use error::SchemaError;
pub use hints::Hints;

use check::Checker;
use generate::{Generator, Place};
use refs::Refs;
use serde_json::Value;

/// Values, at all depths, that a schema may consist of. Beyond it the search could take long.
const MAX_SIZE: usize = 10_000;

/// A value that satisfies `schema`, with what `hints` found in the prompt where it fits.
pub fn instance(schema: &Value, hints: &Hints<'_>) -> Result<Value, SchemaError> {
    if size(schema) > MAX_SIZE {
        return Err(SchemaError::TooComplex);
    }
    let refs = Refs::new(schema);
    let value = Generator::new(refs, hints).value(&[schema], Place::default())?;
    if Checker::new(refs).valid(schema, &value)? {
        Ok(value)
    } else {
        Err(SchemaError::Unsatisfiable)
    }
}

/// Whether `value` satisfies `schema`.
pub fn satisfies(schema: &Value, value: &Value) -> Result<bool, SchemaError> {
    Checker::new(Refs::new(schema)).valid(schema, value)
}

/// How many values `value` consists of.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests;
