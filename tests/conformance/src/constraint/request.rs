//! HTTP requests of inputs: members go where the model binds them.

use http::Method;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

use super::table::{Operation, Table};
use crate::client::Outgoing;

/// Unreserved characters stay readable.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The request of an input, or nothing where it has no form on the wire: an empty label, a header with a line feed.
pub(super) fn bind(table: &Table, operation: &Operation, input: &Value) -> Option<Outgoing> {
    let shape = table.shape(operation.input.as_deref()?)?;
    let mut path = operation.uri.clone();
    let mut query = operation.query.clone();
    let mut headers = Vec::new();
    let mut document = Map::new();
    let mut payload = None;
    let mut has_body = false;
    for (name, member) in &shape.members {
        let value = input.get(member.wire_name(name));
        let (place, bound) = member.place();
        has_body |= place == "body";
        match (place, value) {
            ("payload", value) => {
                payload = Some((
                    value,
                    table.shape(&member.target).map(|shape| shape.kind.as_str()),
                ));
            }
            (_, None) => {}
            ("label", Some(value)) => path = label(&path, name, &plain(value))?,
            ("query", Some(value)) => query.extend(pairs(bound, value)),
            ("header", Some(value)) => headers.push((bound.to_lowercase(), header(value)?)),
            (_, Some(value)) => {
                document.insert(member.wire_name(name).to_owned(), value.clone());
            }
        }
    }
    let body = match payload {
        Some((Some(value), Some("blob"))) => decoded(value),
        Some((Some(value), _)) => value.to_string().into_bytes(),
        None if has_body => Value::Object(document).to_string().into_bytes(),
        _ => Vec::new(),
    };
    if !body.is_empty() && headers.iter().all(|(name, _)| name != "content-type") {
        headers.push(("content-type".to_owned(), "application/json".to_owned()));
    }
    if !query.is_empty() {
        path = format!("{path}?{}", query.join("&"));
    }
    Some(Outgoing {
        method: Method::from_bytes(operation.method.as_bytes()).ok()?,
        path,
        headers,
        body: body.into(),
    })
}

fn label(path: &str, name: &str, value: &str) -> Option<String> {
    let value = utf8_percent_encode(value, ESCAPED).to_string();
    let greedy = format!("{{{name}+}}");
    let hole = if path.contains(&greedy) {
        greedy
    } else {
        format!("{{{name}}}")
    };
    (!value.is_empty()).then(|| path.replace(&hole, &value))
}

fn pairs(name: &str, value: &Value) -> Vec<String> {
    let one = std::slice::from_ref(value);
    let values = value.as_array().map_or(one, Vec::as_slice);
    let pairs = values
        .iter()
        .map(|value| format!("{name}={}", utf8_percent_encode(&plain(value), ESCAPED)));
    pairs.collect()
}

fn header(value: &Value) -> Option<String> {
    let text = plain(value);
    // Blanks around a value are not part of it, and an empty one is as good as none.
    let sendable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) && text.trim() == text;
    (sendable && !text.is_empty()).then_some(text)
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn decoded(value: &Value) -> Vec<u8> {
    let bytes = value
        .as_str()
        .and_then(|text| aws_smithy_types::base64::decode(text).ok());
    bytes.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing::table;

    #[test]
    fn members_go_where_the_model_binds_them() {
        let table = table();
        let input = json!({"id": "a/b", "dry": true, "count": 2});
        let request = bind(&table, &table.operations[0], &input).expect("a request");
        assert_eq!(
            (request.method, request.path.as_str()),
            (Method::POST, "/things/a%2Fb?dryRun=true")
        );
        assert_eq!(&request.body[..], br#"{"count":2}"#);
        assert_eq!(
            request.headers,
            [("content-type".to_owned(), "application/json".to_owned())]
        );
        assert!(bind(&table, &table.operations[0], &json!({"id": ""})).is_none());
    }
}
