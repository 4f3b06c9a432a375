//! Leaves out traits that no server needs.

use crate::ast::{Model, members_mut, retain_traits};

/// Drops every trait that `unused` names, or whose namespace (`smithy.rules#`) it names, from shapes and members.
///
/// Documentation would triple the generated code; the others would need jars of trait definitions that generate nothing.
pub(super) fn drop_traits(model: &mut Model, unused: &[String]) {
    let keep = |id: &str| {
        !unused
            .iter()
            .any(|unused| id == unused || (unused.ends_with('#') && id.starts_with(unused)))
    };
    for shape in model.shapes_mut().values_mut() {
        retain_traits(shape, keep);
        for (_, member) in members_mut(shape) {
            retain_traits(member, keep);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    #[test]
    fn drops_single_traits_and_whole_namespaces() {
        let mut model = model(
            r#"{"t#S":{"type":"structure","traits":{"smithy.rules#bdd":{},"smithy.api#input":{}},
                 "members":{"a":{"target":"smithy.api#String","traits":{"smithy.api#documentation":"x","smithy.api#required":{}}}}}}"#,
        );
        drop_traits(
            &mut model,
            &[
                "smithy.rules#".to_owned(),
                "smithy.api#documentation".to_owned(),
            ],
        );
        assert_eq!(
            json_of(&model, "t#S"),
            r#"{"type":"structure","traits":{"smithy.api#input":{}},"members":{"a":{"target":"smithy.api#String","traits":{"smithy.api#required":{}}}}}"#
        );
    }
}
