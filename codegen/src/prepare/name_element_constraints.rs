//! Gives restricted elements a shape of their own.

use serde_json::{Value, json};

use super::PrepareError;
use crate::ast::{Model, Object, PRELUDE, kind_of, local_name, retain_traits, set_trait, target};
use crate::walk::{is_constrained, is_constraint};

const THIS: &str = "name_element_constraints";

/// Moves the constraints of list members, map keys and map values into new shapes: `<List>Member`, `<Map>Key`, `<Map>Value`.
///
/// Left on the member, the generator loses them where a structure's member restricts the list itself a second time.
pub(super) fn name_element_constraints(model: &mut Model) -> Result<(), PrepareError> {
    let mut added = Object::new();
    for (id, shape) in model.shapes().clone() {
        for element in elements_of(kind_of(&shape)) {
            let Some(member) = shape.get(*element).filter(|member| is_constrained(member)) else {
                continue;
            };
            let name = format!("{id}{}{}", element[..1].to_uppercase(), &element[1..]);
            if model.shape(&name).is_some() {
                return Err(PrepareError::NameTaken {
                    shape: name,
                    transformation: THIS,
                });
            }
            added.insert(name.clone(), restricted_target(model, &name, member)?);
            if let Some(member) = model
                .shapes_mut()
                .get_mut(&id)
                .and_then(|shape| shape.get_mut(*element))
            {
                retain_traits(member, |id| !is_constraint(id));
                member["target"] = Value::String(name);
            }
        }
    }
    model.shapes_mut().extend(added);
    Ok(())
}

fn elements_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "list" => &["member"],
        "map" => &["key", "value"],
        _ => &[],
    }
}

/// The member's target, with the member's constraints added to its own.
fn restricted_target(model: &Model, name: &str, member: &Value) -> Result<Value, PrepareError> {
    let target = target(member);
    let mut shape = match model.shape(target) {
        Some(shape) => shape.clone(),
        None if target.starts_with(PRELUDE) => json!({ "type": local_name(target).to_lowercase() }),
        None => {
            let problem = format!("its target {target} is not in the model");
            return Err(PrepareError::Unexpected {
                shape: name.to_owned(),
                problem,
                transformation: THIS,
            });
        }
    };
    let traits = member
        .get("traits")
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    for (id, value) in traits.filter(|(id, _)| is_constraint(id)) {
        set_trait(&mut shape, id, value.clone());
    }
    Ok(shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    #[test]
    fn moves_the_constraints_of_elements_into_new_shapes() {
        let mut model = model(
            r#"{"t#L":{"type":"list","member":{"target":"smithy.api#String","traits":{"smithy.api#length":{"min":1}}}},
                "t#M":{"type":"map","key":{"target":"t#K","traits":{"smithy.api#length":{"max":9}}},"value":{"target":"t#K"}},
                "t#K":{"type":"string","traits":{"smithy.api#pattern":"^k$"}}}"#,
        );
        name_element_constraints(&mut model).unwrap();
        assert_eq!(
            json_of(&model, "t#L"),
            r#"{"type":"list","member":{"target":"t#LMember","traits":{}}}"#
        );
        assert_eq!(
            json_of(&model, "t#LMember"),
            r#"{"type":"string","traits":{"smithy.api#length":{"min":1}}}"#
        );
        assert!(json_of(&model, "t#M").ends_with(r#""value":{"target":"t#K"}}"#));
        assert_eq!(
            json_of(&model, "t#MKey"),
            r#"{"type":"string","traits":{"smithy.api#pattern":"^k$","smithy.api#length":{"max":9}}}"#
        );
        assert_eq!(
            json_of(&model, "t#K"),
            r#"{"type":"string","traits":{"smithy.api#pattern":"^k$"}}"#
        );
    }

    #[test]
    fn fails_when_the_new_name_is_taken() {
        let mut model = model(
            r#"{"t#L":{"type":"list","member":{"target":"smithy.api#String","traits":{"smithy.api#length":{"min":1}}}},
                "t#LMember":{"type":"string"}}"#,
        );
        assert!(matches!(
            name_element_constraints(&mut model).unwrap_err(),
            PrepareError::NameTaken { .. }
        ));
    }
}
