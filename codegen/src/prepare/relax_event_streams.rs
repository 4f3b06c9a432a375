//! Frees what event streams reach from constraints.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::PrepareError;
use crate::ast::{
    Model, PRELUDE, kind_of, local_name, members, members_mut, namespace, retain_traits, target,
};
use crate::walk::{is_constrained, is_constraint, is_event_stream, operation_inputs, reachable};

const THIS: &str = "relax_event_streams";

/// Takes every constraint from what event streams reach, which the generator insists on, and leaves requests theirs.
///
/// Shapes that no request reaches lose their constraints. Where a request reaches the shape too, the streams get another:
/// the prelude's, for a simple shape that is nothing but restricted, else a copy named `Stream…` without constraints.
pub(super) fn relax_event_streams(model: &mut Model) -> Result<(), PrepareError> {
    let unions: Vec<String> = model
        .shapes()
        .iter()
        .filter(|(_, shape)| is_event_stream(shape))
        .map(|(id, _)| id.clone())
        .collect();
    let streamed = reachable(model, unions, |_| true);
    let requested = reachable(model, operation_inputs(model), |shape| {
        !is_event_stream(shape)
    });
    let substitutes = substitutes(model, streamed.intersection(&requested))?;

    for (id, substitute) in &substitutes {
        if let (false, Some(shape)) = (substitute.starts_with(PRELUDE), model.shape(id)) {
            let mut copy = shape.clone();
            relax(&mut copy, &substitutes);
            model.shapes_mut().insert(substitute.clone(), copy);
        }
    }
    for id in streamed.difference(&requested) {
        if let Some(shape) = model.shapes_mut().get_mut(id) {
            relax(shape, &substitutes);
        }
    }
    Ok(())
}

/// What streams get in place of each shared shape that is restricted or reaches a restricted one.
fn substitutes<'a>(
    model: &Model,
    shared: impl Iterator<Item = &'a String>,
) -> Result<BTreeMap<String, String>, PrepareError> {
    let mut substitutes = BTreeMap::new();
    for id in shared {
        let reached = reachable(model, [id.clone()], |_| true);
        if !reaches_constraint(model, &reached) {
            continue;
        }
        let substitute = match model.shape(id).and_then(prelude_equivalent) {
            Some(prelude) => prelude,
            None => format!("{}Stream{}", namespace(id), local_name(id)),
        };
        if model.shape(&substitute).is_some() {
            return Err(PrepareError::NameTaken {
                shape: substitute,
                transformation: THIS,
            });
        }
        substitutes.insert(id.clone(), substitute);
    }
    Ok(substitutes)
}

fn reaches_constraint(model: &Model, reached: &BTreeSet<String>) -> bool {
    let shapes = reached.iter().filter_map(|id| model.shape(id));
    shapes.into_iter().any(|shape| {
        is_constrained(shape) || members(shape).any(|(_, member)| is_constrained(member))
    })
}

/// The prelude's shape of the same type, if constraints are all that the shape adds to it.
fn prelude_equivalent(shape: &Value) -> Option<String> {
    let traits = shape.get("traits").and_then(Value::as_object);
    if traits.is_some_and(|traits| traits.keys().any(|id| !is_constraint(id))) {
        return None;
    }
    let name = match kind_of(shape) {
        "string" => "String",
        "blob" => "Blob",
        "boolean" => "Boolean",
        "byte" => "Byte",
        "short" => "Short",
        "integer" => "Integer",
        "long" => "Long",
        "float" => "Float",
        "double" => "Double",
        _ => return None,
    };
    Some(format!("{PRELUDE}{name}"))
}

/// Drops the constraints of a shape and of its members, and points the members at the substitutes.
fn relax(shape: &mut Value, substitutes: &BTreeMap<String, String>) {
    retain_traits(shape, |id| !is_constraint(id));
    for (_, member) in members_mut(shape) {
        retain_traits(member, |id| !is_constraint(id));
        if let Some(substitute) = substitutes.get(target(member)) {
            member["target"] = Value::String(substitute.clone());
        }
    }
}

#[cfg(test)]
mod tests;
