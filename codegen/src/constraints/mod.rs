//! The constraint table: what each operation takes, as data for the wire layer.
//!
//! It speaks of the official model with the project's additions: AWS's own patterns, before any transformation.

mod operation;
mod shape;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::ast::{Model, PRELUDE, has_trait, kind_of, local_name, members, target};
use crate::prepare::PrepareError;
use crate::walk::{is_event_stream, operation_inputs, reachable};

const THIS: &str = "constraints";

/// Writes the table of one service as compact JSON with a final newline: a line per operation and per shape.
pub fn constraints(
    complete: &Model,
    opened_enums: &BTreeSet<String>,
) -> Result<String, PrepareError> {
    let service = complete
        .ids_of("service")
        .into_iter()
        .next()
        .unwrap_or_default();
    let mut operations = Vec::new();
    let mut ids = complete.ids_of("operation");
    ids.sort();
    for id in ids {
        operations.push(operation::operation(complete, &id)?.to_string());
    }
    let mut shapes = Vec::new();
    let reached = reachable(complete, operation_inputs(complete), |shape| {
        !is_event_stream(shape)
    });
    refuse_ambiguous_names(complete, &reached)?;
    for id in reached {
        let Some(shape) = complete.shape(&id) else {
            continue;
        };
        let entry = shape::shape(&id, shape, opened_enums.contains(&id))?;
        shapes.push(format!("{}:{entry}", json!(local_name(&id))));
    }
    let header =
        json!({ "service": local_name(&service), "generated_by": "outcrop-codegen; do not edit" })
            .to_string();
    Ok(format!(
        "{},\n\"operations\":[\n{}\n],\n\"shapes\":{{\n{}\n}}}}\n",
        header.trim_end_matches('}'),
        operations.join(",\n"),
        shapes.join(",\n")
    ))
}

/// The table calls shapes by their bare names: a shape named like one of the prelude's would be taken for it.
fn refuse_ambiguous_names(model: &Model, reached: &BTreeSet<String>) -> Result<(), PrepareError> {
    let shapes = reached.iter().filter_map(|id| model.shape(id));
    let targets = shapes.flat_map(members).map(|(_, member)| target(member));
    let of_prelude: BTreeSet<&str> = targets.filter_map(|id| id.strip_prefix(PRELUDE)).collect();
    match reached
        .iter()
        .find(|id| of_prelude.contains(local_name(id)))
    {
        Some(shape) => Err(PrepareError::Unexpected {
            shape: shape.clone(),
            problem: "its name is also that of a prelude shape in use".to_owned(),
            transformation: THIS,
        }),
        None => Ok(()),
    }
}

/// Whether an input reaches a constraint that the generated code does not enforce: a range of floating point numbers.
fn reaches_unenforced(model: &Model, input: &str) -> bool {
    let reached = reachable(model, [input.to_owned()], |shape| !is_event_stream(shape));
    let is_float = |id: &str| match model.shape(id) {
        Some(shape) => matches!(kind_of(shape), "float" | "double"),
        None => matches!(local_name(id), "Float" | "Double"),
    };
    let has_range = |shape: &Value| has_trait(shape, "smithy.api#range");
    reached.iter().any(|id| {
        let Some(shape) = model.shape(id) else {
            return false;
        };
        (is_float(id) && has_range(shape))
            || members(shape).any(|(_, member)| is_float(target(member)) && has_range(member))
    })
}

#[cfg(test)]
mod tests;
