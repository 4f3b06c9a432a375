//! JSON that the kinds of servers have in common.

use aws_smithy_types::Document;
use bytes::Bytes;
use outcrop_engine::document;
use serde_json::{Map, Value};

/// The body as it is sent. JSON values have no way to fail.
pub(crate) fn bytes(body: &Value) -> Bytes {
    Bytes::from(serde_json::to_vec(body).unwrap_or_default())
}

/// The number that the client wrote: 0.7 as a float is 0.699999988 as a double.
pub(crate) fn decimal(number: f32) -> Option<Value> {
    let number: f64 = number.to_string().parse().ok()?;
    serde_json::Number::from_f64(number).map(Value::Number)
}

/// What the pointers lead to, each at its own place: in the first of the values that has it.
pub(crate) fn select(paths: &[String], values: &[&Value]) -> Option<Document> {
    let mut found = Value::Object(Map::new());
    for path in paths {
        let value = values.iter().find_map(|value| value.pointer(path));
        if let (Some(value), Some(keys)) = (value, path.strip_prefix('/')) {
            put(&mut found, keys, value);
        }
    }
    let is_empty = found.as_object().is_none_or(Map::is_empty);
    (!is_empty).then(|| document::to_document(&found))
}

/// Puts a value where its path has it.
fn put(target: &mut Value, keys: &str, value: &Value) {
    let mut place = target;
    for key in keys.split('/') {
        let key = key.replace("~1", "/").replace("~0", "~");
        let Value::Object(members) = place else {
            return;
        };
        place = members
            .entry(key)
            .or_insert_with(|| Value::Object(Map::new()));
    }
    *place = value.clone();
}
