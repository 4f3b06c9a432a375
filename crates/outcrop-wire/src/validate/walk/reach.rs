//! What an input is made of.

use std::collections::HashSet;

use crate::constraint::{ConstraintTable, Kind, Operation};

/// Whether an operation's input reaches a union.
pub(crate) fn reaches_union(table: &ConstraintTable, operation: &Operation) -> bool {
    let mut seen = HashSet::new();
    let mut open: Vec<&str> = operation.input.as_deref().into_iter().collect();
    while let Some(name) = open.pop() {
        if !seen.insert(name) {
            continue;
        }
        match table.shape(name).map(|shape| &shape.kind) {
            Some(Kind::Union(_)) => return true,
            Some(Kind::Structure(members)) => {
                open.extend(members.iter().map(|member| member.target.as_str()));
            }
            Some(Kind::List { member, .. }) => open.push(&member.target),
            Some(Kind::Map(elements)) => open.push(&elements.value.target),
            _ => {}
        }
    }
    false
}
