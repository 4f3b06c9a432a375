//! Gives shapes names that the generator can work with.

use std::collections::BTreeMap;

use serde_json::Value;

use super::PrepareError;
use crate::ast::{Model, Object, namespace};

const FILE: &str = "renames.json";

/// Renames shapes, keyed by absolute id, to new local names, wherever the model speaks of them.
///
/// Names are not on the wire, so a client never sees the difference.
pub(super) fn rename_shapes(
    model: &mut Model,
    renames: &BTreeMap<String, String>,
) -> Result<(), PrepareError> {
    let mut new_ids = BTreeMap::new();
    for (id, name) in renames {
        if model.shape(id).is_none() {
            return Err(PrepareError::Missing {
                what: id.clone(),
                file: FILE.to_owned(),
                expected: "shape",
            });
        }
        let new = format!("{}{name}", namespace(id));
        if model.shape(&new).is_some() {
            return Err(PrepareError::NameTaken {
                shape: new,
                transformation: "rename_shapes",
            });
        }
        new_ids.insert(id.clone(), new);
    }
    let shapes = std::mem::take(model.shapes_mut());
    let moved: Object = shapes
        .into_iter()
        .map(|(id, mut shape)| {
            replace_strings(&mut shape, &new_ids);
            (new_ids.get(&id).cloned().unwrap_or(id), shape)
        })
        .collect();
    *model.shapes_mut() = moved;
    Ok(())
}

/// Replaces ids in targets and in traits that refer to shapes.
fn replace_strings(value: &mut Value, new_ids: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(new) = new_ids.get(text) {
                new.clone_into(text);
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| replace_strings(item, new_ids)),
        Value::Object(entries) => entries
            .values_mut()
            .for_each(|entry| replace_strings(entry, new_ids)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    const MODEL: &str = r#"{
        "t#S":{"type":"structure","members":{"ttl":{"target":"t#CacheTTL"}}},
        "t#CacheTTL":{"type":"string"},
        "t#Other":{"type":"string"}}"#;

    fn rename(id: &str, name: &str) -> Result<Model, PrepareError> {
        let mut model = model(MODEL);
        rename_shapes(
            &mut model,
            &BTreeMap::from([(id.to_owned(), name.to_owned())]),
        )
        .map(|()| model)
    }

    #[test]
    fn renames_the_shape_and_what_targets_it_in_place() {
        let model = rename("t#CacheTTL", "CacheTtl").unwrap();
        assert_eq!(
            model.shapes().keys().collect::<Vec<_>>(),
            ["t#S", "t#CacheTtl", "t#Other"]
        );
        assert!(json_of(&model, "t#S").contains(r#""target":"t#CacheTtl""#));
    }

    #[test]
    fn fails_on_unknown_shapes_and_taken_names() {
        assert!(matches!(
            rename("t#Gone", "X").unwrap_err(),
            PrepareError::Missing { .. }
        ));
        assert!(matches!(
            rename("t#CacheTTL", "Other").unwrap_err(),
            PrepareError::NameTaken { .. }
        ));
    }
}
