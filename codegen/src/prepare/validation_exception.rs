//! Makes `ValidationException` the error that the generated code answers broken constraints with.

use serde_json::json;

use super::PrepareError;
use crate::ast::{Model, get_trait, has_trait, kind_of, local_name, namespace, set_trait, target};
use crate::walk::is_constrained;

const THIS: &str = "validation_exception";

/// Marks the service's `ValidationException` for the generator, and gives it the list of fields that it needs to name
/// the broken member.
///
/// The list is the generated code's only way to say which member was wrong; the wire layer takes it out of the body again.
pub(super) fn validation_exception(model: &mut Model) -> Result<(), PrepareError> {
    let id = validation_exception_id(model)?;
    check_message(model, &id)?;
    let field = add_shape(
        model,
        &id,
        "ValidationExceptionField",
        &json!({
            "type": "structure",
            "members": {
                "name": { "target": "smithy.api#String", "traits": { "smithy.framework.rust#validationFieldName": {} } },
                "message": { "target": "smithy.api#String", "traits": { "smithy.framework.rust#validationFieldMessage": {} } },
            },
        }),
    )?;
    let list = add_shape(
        model,
        &id,
        "ValidationExceptionFieldList",
        &json!({ "type": "list", "member": { "target": field } }),
    )?;
    let Some(exception) = model.shapes_mut().get_mut(&id) else {
        return Ok(());
    };
    set_trait(
        exception,
        "smithy.framework.rust#validationException",
        json!({}),
    );
    if let Some(members) = exception
        .get_mut("members")
        .and_then(serde_json::Value::as_object_mut)
    {
        if let Some(message) = members.get_mut("message") {
            set_trait(
                message,
                "smithy.framework.rust#validationMessage",
                json!({}),
            );
        }
        members.insert(
            "fieldList".to_owned(),
            json!({ "target": list, "traits": { "smithy.framework.rust#validationFieldList": {} } }),
        );
    }
    Ok(())
}

/// The id of the service's one `ValidationException`, which must be a client error.
pub(super) fn validation_exception_id(model: &Model) -> Result<String, PrepareError> {
    let mut found = model
        .ids_of("structure")
        .into_iter()
        .filter(|id| local_name(id) == "ValidationException");
    let unexpected = |problem: &str| PrepareError::Unexpected {
        shape: "ValidationException".to_owned(),
        problem: problem.to_owned(),
        transformation: THIS,
    };
    let id = found
        .next()
        .ok_or_else(|| unexpected("the model has no such structure"))?;
    if found.next().is_some() {
        return Err(unexpected("the model has more than one"));
    }
    let error = model
        .shape(&id)
        .and_then(|shape| get_trait(shape, "smithy.api#error"));
    if error.and_then(serde_json::Value::as_str) != Some("client") {
        return Err(unexpected("it is not a client error"));
    }
    Ok(id)
}

/// The generated code fills in the message alone, so that must be its one member and take any text.
fn check_message(model: &Model, id: &str) -> Result<(), PrepareError> {
    let unexpected = |problem: &str| {
        Err(PrepareError::Unexpected {
            shape: id.to_owned(),
            problem: problem.to_owned(),
            transformation: THIS,
        })
    };
    let members = model
        .shape(id)
        .and_then(|shape| shape.get("members")?.as_object());
    let Some(message) = members
        .filter(|members| members.len() == 1)
        .and_then(|members| members.get("message"))
    else {
        return unexpected("its members are not `message` alone");
    };
    let text = target(message);
    let is_plain = |shape: &serde_json::Value| kind_of(shape) == "string" && !is_constrained(shape);
    if has_trait(message, "smithy.api#required")
        || !(text == "smithy.api#String" || model.shape(text).is_some_and(is_plain))
    {
        return unexpected("its message is required or restricted");
    }
    Ok(())
}

fn add_shape(
    model: &mut Model,
    beside: &str,
    name: &str,
    shape: &serde_json::Value,
) -> Result<String, PrepareError> {
    let id = format!("{}{name}", namespace(beside));
    if model.shape(&id).is_some() {
        return Err(PrepareError::NameTaken {
            shape: id,
            transformation: THIS,
        });
    }
    model.shapes_mut().insert(id.clone(), shape.clone());
    Ok(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    fn exception(message: &str) -> Model {
        model(&format!(
            r#"{{"t#ValidationException":{{"type":"structure","members":{{"message":{message}}},"traits":{{"smithy.api#error":"client"}}}},
                 "t#Text":{{"type":"string","traits":{{"smithy.api#pattern":"^a$"}}}}}}"#
        ))
    }

    #[test]
    fn marks_the_exception_and_adds_its_fields() {
        let mut model = exception(r#"{"target":"smithy.api#String"}"#);
        validation_exception(&mut model).unwrap();
        let shape = json_of(&model, "t#ValidationException");
        assert!(
            shape.contains("rust#validationException\"")
                && shape.contains("rust#validationMessage\""),
            "{shape}"
        );
        assert!(
            shape.contains(r#""fieldList":{"target":"t#ValidationExceptionFieldList""#),
            "{shape}"
        );
        assert!(
            json_of(&model, "t#ValidationExceptionFieldList")
                .contains("t#ValidationExceptionField\"")
        );
    }

    #[test]
    fn fails_when_the_message_cannot_be_filled_in() {
        let error = validation_exception(&mut exception(r#"{"target":"t#Text"}"#)).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("t#ValidationException: its message is required or restricted"),
            "{error}"
        );
    }

    #[test]
    fn fails_without_exactly_one_exception() {
        assert!(validation_exception(&mut model(r#"{"t#A":{"type":"string"}}"#)).is_err());
    }
}
