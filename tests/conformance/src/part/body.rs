//! Parts of the native answers of the families that have no vocabulary of their own here.

use serde_json::Value;

use super::{Features, Part, converse, take};

/// The body; where it has Converse's message (Nova), its content blocks are parts.
pub(super) fn parts(mut body: Value, features: Features) -> Vec<Part> {
    let content = take(&mut body, "/output/message", "content");
    let mut parts = vec![Part::required("body", &body)];
    if let Some(Value::Array(blocks)) = content {
        parts.extend(
            blocks
                .into_iter()
                .map(|block| converse::content_block(block, features)),
        );
    }
    parts
}
