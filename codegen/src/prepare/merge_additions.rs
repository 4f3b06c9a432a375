//! Adds what the live service and newer SDKs have, but the official model has not.

use serde_json::{Value, json};

use super::PrepareError;
use crate::ast::{Model, has_trait, kind_of, members, target};
use crate::data::Additions;
use crate::walk::is_event_stream;

/// Merges one file of `model/<service>/additions/`.
///
/// An addition that the official model has since gained is an error, so that no addition outlives its reason.
pub(super) fn merge_additions(
    model: &mut Model,
    additions: &Additions,
) -> Result<(), PrepareError> {
    for (id, shape) in &additions.shapes {
        add_shape(model, id, shape, &additions.file)?;
    }
    for (id, added) in &additions.members {
        for (name, member) in added {
            add_member(model, id, name, member, &additions.file)?;
        }
    }
    for (stream, added) in &additions.event_members {
        for event in events(model, stream, &additions.file)? {
            for (name, member) in added {
                add_member(model, &event, name, member, &additions.file)?;
            }
        }
    }
    Ok(())
}

/// Adds a shape; an operation also becomes one of the service's operations.
fn add_shape(model: &mut Model, id: &str, shape: &Value, file: &str) -> Result<(), PrepareError> {
    if model.shape(id).is_some() {
        return Err(PrepareError::Gained {
            what: id.to_owned(),
            file: file.to_owned(),
        });
    }
    model.shapes_mut().insert(id.to_owned(), shape.clone());
    if kind_of(shape) != "operation" {
        return Ok(());
    }
    let service = model
        .shapes_mut()
        .values_mut()
        .find(|shape| kind_of(shape) == "service");
    let Some(service) = service.and_then(Value::as_object_mut) else {
        return Err(missing(id, file, "service to add the operation to"));
    };
    if let Some(operations) = service
        .entry("operations")
        .or_insert_with(|| json!([]))
        .as_array_mut()
    {
        operations.push(json!({ "target": id }));
    }
    Ok(())
}

fn add_member(
    model: &mut Model,
    id: &str,
    name: &str,
    member: &Value,
    file: &str,
) -> Result<(), PrepareError> {
    let shape = model
        .shapes_mut()
        .get_mut(id)
        .filter(|shape| matches!(kind_of(shape), "structure" | "union" | "enum"));
    let Some(shape) = shape.and_then(Value::as_object_mut) else {
        return Err(missing(id, file, "structure, union or enum"));
    };
    let members = shape.entry("members").or_insert_with(|| json!({}));
    if members.get(name).is_some() {
        return Err(PrepareError::Gained {
            what: format!("{id}${name}"),
            file: file.to_owned(),
        });
    }
    if let Some(members) = members.as_object_mut() {
        members.insert(name.to_owned(), member.clone());
    }
    Ok(())
}

/// The structures of a stream's events; its exceptions are not events.
fn events(model: &Model, stream: &str, file: &str) -> Result<Vec<String>, PrepareError> {
    let Some(union) = model.shape(stream).filter(|shape| is_event_stream(shape)) else {
        return Err(missing(stream, file, "event stream"));
    };
    let targets = members(union).map(|(_, member)| target(member));
    let is_error = |id: &str| {
        model
            .shape(id)
            .is_some_and(|shape| has_trait(shape, "smithy.api#error"))
    };
    Ok(targets
        .filter(|id| !is_error(id))
        .map(str::to_owned)
        .collect())
}

fn missing(what: &str, file: &str, expected: &'static str) -> PrepareError {
    PrepareError::Missing {
        what: what.to_owned(),
        file: file.to_owned(),
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    const MODEL: &str = r#"{
        "t#Service":{"type":"service"},
        "t#Usage":{"type":"structure","members":{"in":{"target":"smithy.api#Integer"}}},
        "t#Stream":{"type":"union","members":{"start":{"target":"t#Start"},"oops":{"target":"t#Oops"}},"traits":{"smithy.api#streaming":{}}},
        "t#Start":{"type":"structure","members":{}},
        "t#Oops":{"type":"structure","members":{},"traits":{"smithy.api#error":"client"}}}"#;

    fn merge(additions: Value) -> Result<Model, PrepareError> {
        let mut model = model(MODEL);
        let mut additions: Additions = serde_json::from_value(additions).unwrap();
        additions.file = "a.json".to_owned();
        merge_additions(&mut model, &additions).map(|()| model)
    }

    #[test]
    fn adds_members_shapes_and_operations() {
        let model = merge(json!({
            "about": "a test",
            "shapes": { "t#Op": { "type": "operation" } },
            "members": { "t#Usage": { "out": { "target": "smithy.api#Integer" } } },
        }))
        .unwrap();
        assert_eq!(
            json_of(&model, "t#Service"),
            r#"{"type":"service","operations":[{"target":"t#Op"}]}"#
        );
        assert_eq!(
            json_of(&model, "t#Usage"),
            r#"{"type":"structure","members":{"in":{"target":"smithy.api#Integer"},"out":{"target":"smithy.api#Integer"}}}"#
        );
    }

    #[test]
    fn event_members_reach_events_but_not_exceptions() {
        let model = merge(json!({ "about": "a test", "event_members": { "t#Stream": { "p": { "target": "smithy.api#String" } } } })).unwrap();
        assert!(json_of(&model, "t#Start").contains(r#""p""#));
        assert!(!json_of(&model, "t#Oops").contains(r#""p""#));
    }

    #[test]
    fn fails_on_what_the_model_has_gained() {
        let error = merge(json!({ "about": "a test", "members": { "t#Usage": { "in": { "target": "smithy.api#Integer" } } } })).unwrap_err();
        assert_eq!(
            error.to_string(),
            "t#Usage$in: the official model has it now; remove it from a.json"
        );
        let error = merge(json!({ "about": "a test", "shapes": { "t#Usage": {} } })).unwrap_err();
        assert!(matches!(error, PrepareError::Gained { .. }));
    }

    #[test]
    fn fails_on_what_the_model_has_lost() {
        for additions in [
            json!({ "about": "a test", "members": { "t#Gone": { "a": {} } } }),
            json!({ "about": "a test", "event_members": { "t#Usage": { "a": {} } } }),
        ] {
            assert!(matches!(
                merge(additions).unwrap_err(),
                PrepareError::Missing { .. }
            ));
        }
    }
}
