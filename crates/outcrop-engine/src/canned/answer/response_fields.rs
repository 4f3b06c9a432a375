//! `additionalModelResponseFields`: what the model itself said beyond what Converse has a member for.

use aws_smithy_types::Document;
use serde_json::{Map, Value, json};

use crate::{ConverseRequest, canned::family::Family, document};

/// What a request asks for of the model's own answer.
pub(super) struct ResponseFields<'a> {
    claude: bool,
    /// JSON pointers.
    paths: &'a [String],
}

impl<'a> ResponseFields<'a> {
    pub(super) fn new(family: Family, request: &'a ConverseRequest) -> Self {
        Self {
            claude: family.is_claude(),
            paths: &request.additional_model_response_field_paths,
        }
    }

    /// What the paths find, each at its own place. A path that finds nothing is passed over, as documented.
    ///
    /// Claude tells the stop sequence that was met, or null. Its whole answers have that at the top (documented), its
    /// streams in the `delta` of their last event (recorded): whichever is asked for is told.
    pub(super) fn find(&self, stop_reason: &str, stop_sequence: Option<&str>) -> Option<Document> {
        if !self.claude || self.paths.is_empty() {
            return None;
        }
        let native = json!({
            "delta": {"stop_reason": stop_reason, "stop_sequence": stop_sequence},
            "role": "assistant",
            "stop_reason": stop_reason,
            "stop_sequence": stop_sequence,
            "type": "message",
        });
        let mut found = Map::new();
        for path in self.paths {
            if let Some(value) = native.pointer(path) {
                put(&mut found, path, value);
            }
        }
        (!found.is_empty()).then(|| document::to_document(&Value::Object(found)))
    }
}

/// Puts `value` where `path` says. The path has found something, so it has names that need no unescaping.
fn put(into: &mut Map<String, Value>, path: &str, value: &Value) {
    let mut place = into;
    let mut names = path.split('/').skip(1).peekable();
    while let Some(name) = names.next() {
        if names.peek().is_none() {
            place.insert(name.to_owned(), value.clone());
            return;
        }
        let inner = place.entry(name).or_insert_with(|| json!({}));
        let Value::Object(inner) = inner else { return };
        place = inner;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canned::testing::{CLAUDE, NOVA, ask};

    fn find(model: &str, paths: &[&str], stop_sequence: Option<&str>) -> Option<Value> {
        let mut request = ask(model, "Hi");
        request.additional_model_response_field_paths =
            paths.iter().map(|&path| path.to_owned()).collect();
        let fields = ResponseFields::new(Family::of(&request.model), &request);
        let found = fields.find("stop_sequence", stop_sequence);
        found.as_ref().map(document::to_value)
    }

    #[test]
    fn claude_tells_its_stop_sequence() {
        let whole = |stop| find(CLAUDE, &["/stop_sequence"], stop);
        assert_eq!(whole(Some("END")), Some(json!({"stop_sequence": "END"})));
        assert_eq!(whole(None), Some(json!({"stop_sequence": null})));
        assert_eq!(
            find(CLAUDE, &["/delta/stop_sequence", "/delta", "/role"], None),
            Some(json!({
                "delta": {"stop_reason": "stop_sequence", "stop_sequence": null},
                "role": "assistant",
            }))
        );
    }

    #[test]
    fn what_is_not_there_is_passed_over() {
        for paths in [&[][..], &["/nothing", "stop_sequence", "/"], &[""]] {
            assert_eq!(find(CLAUDE, paths, None), None, "{paths:?}");
        }
        assert_eq!(find(NOVA, &["/stop_sequence"], Some("END")), None);
    }
}
