//! Which shapes a shape reaches.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::ast::{Model, has_trait, kind_of, members, target};

/// The traits that restrict values, on a shape or on a member.
pub const CONSTRAINTS: [&str; 5] = [
    "smithy.api#required",
    "smithy.api#length",
    "smithy.api#pattern",
    "smithy.api#range",
    "smithy.api#uniqueItems",
];

/// Whether a trait restricts values.
#[must_use]
pub fn is_constraint(id: &str) -> bool {
    CONSTRAINTS.contains(&id)
}

/// Whether a shape or member itself carries a trait that restricts values.
#[must_use]
pub fn is_constrained(shape: &Value) -> bool {
    CONSTRAINTS.iter().any(|id| has_trait(shape, id))
}

/// Whether a shape is the union of the events of a stream.
#[must_use]
pub fn is_event_stream(shape: &Value) -> bool {
    kind_of(shape) == "union" && has_trait(shape, "smithy.api#streaming")
}

/// The ids of the shapes that the roots reach through members, the roots included, in alphabetical order.
///
/// A shape that `enter` refuses is neither listed nor walked. Prelude shapes are in no model and so are left out.
pub fn reachable(
    model: &Model,
    roots: impl IntoIterator<Item = String>,
    enter: impl Fn(&Value) -> bool,
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting: Vec<String> = roots.into_iter().collect();
    while let Some(id) = waiting.pop() {
        let Some(shape) = model.shape(&id).filter(|shape| enter(shape)) else {
            continue;
        };
        if !found.insert(id) || kind_of(shape) == "enum" {
            continue;
        }
        waiting.extend(members(shape).map(|(_, member)| target(member).to_owned()));
    }
    found
}

/// The input structures of all operations.
#[must_use]
pub fn operation_inputs(model: &Model) -> Vec<String> {
    let operations = model
        .shapes()
        .values()
        .filter(|shape| kind_of(shape) == "operation");
    operations
        .filter_map(|operation| operation.get("input"))
        .map(|input| target(input).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> Model {
        Model::parse(
            r#"{"smithy":"2.0","shapes":{
                "t#Tree":{"type":"structure","members":{"left":{"target":"t#Tree"},"leaf":{"target":"t#Leaf"}}},
                "t#Leaf":{"type":"list","member":{"target":"smithy.api#String"}},
                "t#Alone":{"type":"string"}}}"#,
        )
        .unwrap()
    }

    #[test]
    fn ends_on_recursive_shapes_and_leaves_out_the_prelude() {
        let found = reachable(&model(), ["t#Tree".to_owned()], |_| true);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["t#Leaf", "t#Tree"]);
    }

    #[test]
    fn does_not_walk_what_enter_refuses() {
        let found = reachable(&model(), ["t#Tree".to_owned()], |shape| {
            kind_of(shape) != "list"
        });
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["t#Tree"]);
    }
}
