//! Lets values through that live traffic has and the modeled enums have not.

use serde_json::json;

use super::PrepareError;
use crate::ast::{Model, kind_of};
use crate::data::OpenedEnum;

/// Turns each listed enum into a string.
///
/// Generated enums are closed: they have no variant for an unknown value, and adding values would leave them closed.
/// What a handler must still refuse is written beside each entry of `opened_enums.json`.
pub(super) fn open_enums(model: &mut Model, opened: &[OpenedEnum]) -> Result<(), PrepareError> {
    for OpenedEnum { shape, .. } in opened {
        match model.shapes_mut().get_mut(shape) {
            Some(found) if kind_of(found) == "enum" => *found = json!({ "type": "string" }),
            _ => {
                let file = "opened_enums.json".to_owned();
                return Err(PrepareError::Missing {
                    what: shape.clone(),
                    file,
                    expected: "enum",
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    fn open(shape: &str) -> Result<Model, PrepareError> {
        let mut model = model(
            r#"{"t#E":{"type":"enum","members":{"A":{"target":"smithy.api#Unit"}}},"t#S":{"type":"string"}}"#,
        );
        open_enums(
            &mut model,
            &[OpenedEnum {
                shape: shape.to_owned(),
                ..OpenedEnum::default()
            }],
        )
        .map(|()| model)
    }

    #[test]
    fn makes_an_enum_a_string() {
        assert_eq!(
            json_of(&open("t#E").unwrap(), "t#E"),
            r#"{"type":"string"}"#
        );
    }

    #[test]
    fn fails_on_what_is_not_an_enum() {
        assert!(matches!(
            open("t#S").unwrap_err(),
            PrepareError::Missing { .. }
        ));
        assert!(matches!(
            open("t#Gone").unwrap_err(),
            PrepareError::Missing { .. }
        ));
    }
}
