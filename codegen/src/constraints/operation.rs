//! One operation of the constraint table.

use serde_json::{Value, json};

use super::{THIS, reaches_unenforced};
use crate::ast::{Model, Object, get_trait, has_trait, local_name, members, target};
use crate::prepare::PrepareError;
use crate::walk::is_event_stream;

/// The entry of the operation with this id, from its `@http` trait, its input and its output.
pub(super) fn operation(model: &Model, id: &str) -> Result<Value, PrepareError> {
    let unexpected = |problem: &str| PrepareError::Unexpected {
        shape: id.to_owned(),
        problem: problem.to_owned(),
        transformation: THIS,
    };
    let operation = model
        .shape(id)
        .ok_or_else(|| unexpected("it is not in the model"))?;
    let http = get_trait(operation, "smithy.api#http")
        .ok_or_else(|| unexpected("it has no @http trait"))?;
    let text = |key: &str| {
        http.get(key)
            .and_then(Value::as_str)
            .ok_or_else(|| unexpected("its @http trait is incomplete"))
    };
    let (path, query) = split_query(text("uri")?);
    let input = operation.get("input").map_or("", target);
    let input_shape = model
        .shape(input)
        .ok_or_else(|| unexpected("it has no input structure"))?;
    let output_shape = operation
        .get("output")
        .and_then(|output| model.shape(target(output)));

    let mut entry = Object::new();
    entry.insert("name".to_owned(), json!(local_name(id)));
    entry.insert("method".to_owned(), json!(text("method")?));
    entry.insert("uri".to_owned(), json!(path));
    entry.insert("query".to_owned(), json!(query));
    entry.insert(
        "status".to_owned(),
        http.get("code").cloned().unwrap_or(json!(200)),
    );
    entry.insert("input".to_owned(), json!(local_name(input)));
    entry.insert("payload".to_owned(), json!(payload(input_shape)));
    entry.insert(
        "input_stream".to_owned(),
        json!(has_stream(model, input_shape)),
    );
    entry.insert(
        "output_stream".to_owned(),
        json!(output_shape.is_some_and(|shape| has_stream(model, shape))),
    );
    if reaches_unenforced(model, input) {
        entry.insert("unenforced".to_owned(), json!(true));
    }
    Ok(Value::Object(entry))
}

/// The path of a URI pattern, and the query literals behind it.
fn split_query(uri: &str) -> (&str, Vec<&str>) {
    uri.split_once('?')
        .map_or((uri, Vec::new()), |(path, query)| {
            (path, query.split('&').collect())
        })
}

fn payload(input: &Value) -> Option<&str> {
    members(input)
        .find(|(_, member)| has_trait(member, "smithy.api#httpPayload"))
        .map(|(name, _)| name)
}

fn has_stream(model: &Model, structure: &Value) -> bool {
    members(structure).any(|(_, member)| model.shape(target(member)).is_some_and(is_event_stream))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_query_literals_off_the_path() {
        assert_eq!(split_query("/a/{b}"), ("/a/{b}", vec![]));
        assert_eq!(split_query("/a?x&y=1"), ("/a", vec!["x", "y=1"]));
    }
}
