//! Puts members in the order that the live service writes them.

use serde_json::Value;

use crate::ast::{Model, kind_of};

/// Sorts the members of structures and unions by name: generated serializers write members in the model's order, and
/// the live service's JSON is sorted.
pub(super) fn sort_members(model: &mut Model) {
    for shape in model.shapes_mut().values_mut() {
        if matches!(kind_of(shape), "structure" | "union")
            && let Some(members) = shape.get_mut("members").and_then(Value::as_object_mut)
        {
            members.sort_keys();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    #[test]
    fn sorts_structures_and_unions_but_not_enums() {
        let mut model = model(
            r#"{"t#S":{"type":"structure","members":{"role":{},"content":{}}},
                "t#U":{"type":"union","members":{"b":{},"a":{}}},
                "t#E":{"type":"enum","members":{"B":{},"A":{}}}}"#,
        );
        sort_members(&mut model);
        assert_eq!(
            json_of(&model, "t#S"),
            r#"{"type":"structure","members":{"content":{},"role":{}}}"#
        );
        assert_eq!(
            json_of(&model, "t#U"),
            r#"{"type":"union","members":{"a":{},"b":{}}}"#
        );
        assert_eq!(
            json_of(&model, "t#E"),
            r#"{"type":"enum","members":{"B":{},"A":{}}}"#
        );
    }
}
