//! Parts of the native answers of the families that have no vocabulary of their own here.

use serde_json::Value;

use super::{Features, Part, converse, take_elements};

/// The body; where it has Converse's message (Nova), its content blocks are parts.
pub(super) fn parts(mut body: Value, features: Features) -> Vec<Part> {
    let content = take_elements(&mut body, "/output/message/content");
    let mut parts = vec![Part::required("body", &body)];
    parts.extend(
        content
            .into_iter()
            .map(|block| converse::content_block(block, features)),
    );
    parts
}
