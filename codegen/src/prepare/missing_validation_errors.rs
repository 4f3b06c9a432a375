//! Lets every operation whose input can be wrong answer so.

use serde_json::{Value, json};

use super::PrepareError;
use super::validation_exception::validation_exception_id;
use crate::ast::{Model, kind_of, members, target};
use crate::walk::{is_constrained, reachable};

/// Adds `ValidationException` to the errors of each operation whose input is restricted in any way and that lacks it.
///
/// The generator refuses such operations, and the live service answers them with it all the same.
pub(super) fn missing_validation_errors(model: &mut Model) -> Result<(), PrepareError> {
    let exception = validation_exception_id(model)?;
    for id in model.ids_of("operation") {
        let Some(operation) = model.shape(&id) else {
            continue;
        };
        let errors = operation.get("errors").and_then(Value::as_array);
        let has_it = errors
            .into_iter()
            .flatten()
            .any(|error| target(error) == exception);
        if has_it || !has_restricted_input(model, operation) {
            continue;
        }
        let operation = model
            .shapes_mut()
            .get_mut(&id)
            .and_then(Value::as_object_mut);
        let errors =
            operation.map(|operation| operation.entry("errors").or_insert_with(|| json!([])));
        if let Some(errors) = errors.and_then(Value::as_array_mut) {
            errors.push(json!({ "target": exception }));
        }
    }
    Ok(())
}

/// Whether any value of the input could be refused: by a constraint trait, or for not being one of an enum's.
fn has_restricted_input(model: &Model, operation: &Value) -> bool {
    let input = operation.get("input").map(|input| target(input).to_owned());
    reachable(model, input, |_| true)
        .iter()
        .filter_map(|id| model.shape(id))
        .any(|shape| {
            kind_of(shape) == "enum"
                || is_constrained(shape)
                || members(shape).any(|(_, member)| is_constrained(member))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    #[test]
    fn adds_the_error_where_the_input_is_restricted_and_only_there() {
        let mut model = model(
            r#"{"t#ValidationException":{"type":"structure","members":{},"traits":{"smithy.api#error":"client"}},
                "t#Bound":{"type":"operation","input":{"target":"t#BoundInput"}},
                "t#BoundInput":{"type":"structure","members":{"a":{"target":"smithy.api#String","traits":{"smithy.api#required":{}}}}},
                "t#Free":{"type":"operation","input":{"target":"t#FreeInput"}},
                "t#FreeInput":{"type":"structure","members":{"a":{"target":"smithy.api#String"}}},
                "t#Has":{"type":"operation","input":{"target":"t#BoundInput"},"errors":[{"target":"t#ValidationException"}]}}"#,
        );
        missing_validation_errors(&mut model).unwrap();
        assert!(
            json_of(&model, "t#Bound")
                .ends_with(r#""errors":[{"target":"t#ValidationException"}]}"#)
        );
        assert!(!json_of(&model, "t#Free").contains("errors"));
        assert_eq!(
            json_of(&model, "t#Has")
                .matches("t#ValidationException")
                .count(),
            1
        );
    }
}
