//! Lets values through that the live service takes and the modeled constraints refuse.

use serde_json::Value;

use super::PrepareError;
use crate::ast::{Model, get_trait, has_trait, members, members_mut, set_trait, target};
use crate::data::WidenedConstraint;

/// The file that the entries come from.
const FILE: &str = "widened_constraints.json";

/// Replaces each listed constraint, which has to be the official one still.
///
/// An entry names a shape, or a member as `shape$member`: its constraint is then widened for this member only, whatever
/// other members do with the same shape.
pub(super) fn widen_constraints(
    model: &mut Model,
    widened: &[WidenedConstraint],
) -> Result<(), PrepareError> {
    for entry in widened {
        let found = constraint(model, entry)?;
        if found == entry.live {
            return Err(PrepareError::Gained {
                what: entry.what.clone(),
                file: FILE.to_owned(),
            });
        }
        if found != entry.official {
            return Err(PrepareError::Changed {
                what: entry.what.clone(),
                file: FILE.to_owned(),
                found: found.to_string(),
            });
        }
        widen(model, entry);
    }
    Ok(())
}

/// The constraint as the model has it: a member's own, else that of its target.
fn constraint(model: &Model, entry: &WidenedConstraint) -> Result<Value, PrepareError> {
    let (id, member) = parts(&entry.what);
    let missing = |expected| PrepareError::Missing {
        what: entry.what.clone(),
        file: FILE.to_owned(),
        expected,
    };
    let shape = model.shape(id).ok_or_else(|| missing("shape"))?;
    let constrained = match member {
        None => shape,
        Some(wanted) => {
            let (_, member) = members(shape)
                .find(|(name, _)| *name == wanted)
                .ok_or_else(|| missing("member"))?;
            let target = model.shape(target(member));
            target
                .filter(|_| !has_trait(member, &entry.constraint))
                .unwrap_or(member)
        }
    };
    let found = get_trait(constrained, &entry.constraint);
    found.cloned().ok_or_else(|| missing("constraint"))
}

fn widen(model: &mut Model, entry: &WidenedConstraint) {
    let (id, member) = parts(&entry.what);
    let Some(shape) = model.shapes_mut().get_mut(id) else {
        return;
    };
    let Some(wanted) = member else {
        return set_trait(shape, &entry.constraint, entry.live.clone());
    };
    for (name, member) in members_mut(shape) {
        if name == wanted {
            set_trait(member, &entry.constraint, entry.live.clone());
        }
    }
}

/// A shape's id, and the name of its member where one is meant.
fn parts(what: &str) -> (&str, Option<&str>) {
    match what.split_once('$') {
        Some((id, member)) => (id, Some(member)),
        None => (what, None),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::prepare::testing::{json_of, model};

    const MODEL: &str = r#"{
        "t#S":{"type":"string","traits":{"smithy.api#length":{"max":2}}},
        "t#Holder":{"type":"structure","members":{"a":{"target":"t#S"},"b":{"target":"t#S","traits":{"smithy.api#length":{"max":3}}}}}}"#;

    fn widened(what: &str, official: u32, live: u32) -> Result<Model, PrepareError> {
        let mut model = model(MODEL);
        let entry = json!({
            "what": what,
            "constraint": "smithy.api#length",
            "official": { "max": official },
            "live": { "max": live },
            "why": "a test",
        });
        widen_constraints(&mut model, &[serde_json::from_value(entry).unwrap()]).map(|()| model)
    }

    #[test]
    fn widens_a_shape_for_all_who_use_it() {
        let model = widened("t#S", 2, 9).unwrap();
        assert_eq!(
            json_of(&model, "t#S"),
            r#"{"type":"string","traits":{"smithy.api#length":{"max":9}}}"#
        );
    }

    #[test]
    fn widens_a_member_for_itself() {
        let model = widened("t#Holder$a", 2, 9).unwrap();
        assert!(
            json_of(&model, "t#Holder")
                .contains(r#""a":{"target":"t#S","traits":{"smithy.api#length":{"max":9}}}"#)
        );
        assert!(json_of(&model, "t#S").contains(r#"{"max":2}"#));
    }

    #[test]
    fn a_constraint_of_a_member_goes_before_that_of_its_target() {
        assert!(widened("t#Holder$b", 3, 9).is_ok());
        let error = widened("t#Holder$b", 2, 9).unwrap_err();
        assert!(matches!(error, PrepareError::Changed { .. }), "{error}");
    }

    #[test]
    fn fails_on_what_the_model_has_caught_up_with() {
        assert_eq!(
            widened("t#S", 1, 2).unwrap_err().to_string(),
            "t#S: the official model has it now; remove it from widened_constraints.json"
        );
    }

    #[test]
    fn fails_on_what_the_model_says_otherwise() {
        assert_eq!(
            widened("t#S", 1, 9).unwrap_err().to_string(),
            r#"t#S: widened_constraints.json has another constraint as the official one than {"max":2}, which the model has; look at the evidence again"#
        );
    }

    #[test]
    fn fails_on_what_is_not_there() {
        for what in ["t#Gone", "t#Holder$gone", "t#Holder"] {
            let error = widened(what, 2, 9).unwrap_err();
            assert!(matches!(error, PrepareError::Missing { .. }), "{error}");
        }
    }
}
