//! Parts of a Converse answer, and content blocks of the Converse vocabulary wherever they occur.

use serde_json::Value;

use super::{Features, Part, hollow, take, take_elements};

/// The body without its content, and one part per content block.
pub(super) fn parts(mut body: Value, features: Features) -> Vec<Part> {
    let content = take_elements(&mut body, "/output/message/content");
    if features.cache {
        take(&mut body, "/usage", "cacheDetails");
    }
    let mut parts = vec![Part::required("body", &body)];
    parts.extend(
        content
            .into_iter()
            .map(|block| content_block(block, features)),
    );
    parts
}

/// A part named after the block's kind.
pub(super) fn content_block(mut block: Value, features: Features) -> Part {
    let mut kind = block
        .as_object()
        .and_then(|members| members.keys().find(|name| *name != "type"))
        .cloned()
        .unwrap_or_default();
    if block.pointer("/toolUse/type").and_then(Value::as_str) == Some("server_tool_use") {
        "serverToolUse".clone_into(&mut kind);
    }
    hollow(&mut block, "/toolUse/input");
    let optional = chosen_by_model(&kind, features);
    Part::required(format!("content.{kind}"), &block).optional_if(optional)
}

/// Whether a kind of block depends on what the model wants to say.
pub(super) fn chosen_by_model(kind: &str, features: Features) -> bool {
    match kind {
        "toolUse" => !features.forced_tool,
        "reasoningContent" => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn tool_arguments_are_the_callers_own() {
        let part = |input: Value| {
            let block = json!({"toolUse": {"input": input, "name": "n", "toolUseId": "i"}});
            content_block(block, Features::default())
        };
        assert_eq!(part(json!({"city": "Rome"})), part(json!({})));
        assert_ne!(part(json!({})), part(json!("{}")));
        assert!(part(json!({})).optional);
    }

    #[test]
    fn a_forced_tool_call_has_to_be_there() {
        let features = Features {
            forced_tool: true,
            ..Features::default()
        };
        assert!(!content_block(json!({"toolUse": {}}), features).optional);
        let server = content_block(json!({"toolUse": {"type": "server_tool_use"}}), features);
        assert_eq!(
            (server.name.as_str(), server.optional),
            ("content.serverToolUse", true)
        );
    }

    #[test]
    fn what_was_cached_depends_on_earlier_requests() {
        let body = json!({"output": {"message": {"content": []}}, "usage": {"cacheDetails": [{"ttl": "5m"}]}});
        let cached = Features {
            cache: true,
            ..Features::default()
        };
        assert_ne!(
            parts(body.clone(), cached),
            parts(body, Features::default())
        );
    }
}
