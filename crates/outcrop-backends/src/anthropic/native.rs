//! A body that came in Anthropic's own words, on its way to a server that speaks them.
//!
//! It goes on as it is, byte for byte, but for what Bedrock has elsewhere: the model is in the path there
//! and in the body here, the version and the beta flags are in the body there and in headers here.

use bytes::Bytes;
use outcrop_engine::ConverseRequest;
use serde_json::Value;

use super::members::members;

/// A native body, fit for a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Native {
    pub(super) body: Bytes,
    /// `anthropic_version`, where it is another than the one that Bedrock's own stands for.
    pub(super) version: Option<String>,
    /// The flags of `anthropic_beta`.
    pub(super) betas: Vec<String>,
}

/// Bedrock's first version, which stands for the first one of Anthropic's.
const BEDROCKS_OWN: &str = "bedrock-";

/// The request's body in Anthropic's words, if it has one: text completions are no messages.
pub(super) fn native(request: &ConverseRequest, model: &str) -> Option<Native> {
    let body = request.native_body.as_ref()?;
    if !request.model.id.starts_with("anthropic.") {
        return None;
    }
    let members = members(body)?;
    if !members.iter().any(|(name, _)| name == "messages") {
        return None;
    }
    let mut written = format!("{{\"model\":{}", Value::from(model)).into_bytes();
    let (mut version, mut betas) = (None, Vec::new());
    for (name, value) in members {
        match name.as_str() {
            "model" | "stream" => {}
            "anthropic_version" => version = serde_json::from_slice(value).ok(),
            "anthropic_beta" => betas = serde_json::from_slice(value).unwrap_or_default(),
            _ => {
                written.push(b',');
                written.extend(Value::from(name).to_string().into_bytes());
                written.push(b':');
                written.extend_from_slice(value);
            }
        }
    }
    written.extend_from_slice(b",\"stream\":true}");
    Some(Native {
        body: written.into(),
        version: version.filter(|version: &String| !version.starts_with(BEDROCKS_OWN)),
        betas,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::ask_claude;

    fn of(body: &'static str) -> Option<Native> {
        let mut request = ask_claude("Hello");
        request.native_body = Some(Bytes::from_static(body.as_bytes()));
        native(&request, "claude")
    }

    #[test]
    fn only_what_bedrock_has_elsewhere_moves() {
        let body = r#"{"anthropic_version":"bedrock-2023-05-31","anthropic_beta":["a","b"],
            "messages":[{"role":"user","content":[{"type":"text","text":"\u00e9","cache_control":{"type":"ephemeral"}}]}],
            "thinking":{"type":"enabled","budget_tokens":1.024e3},"temperature":1.0,"new":{"z":1,"a":[ ]}}"#;
        let native = of(body).unwrap();
        let text = String::from_utf8(native.body.to_vec()).unwrap();
        assert!(
            text.starts_with(r#"{"model":"claude","messages":[{"#),
            "{text}"
        );
        assert!(
            text.ends_with(r#","new":{"z":1,"a":[ ]},"stream":true}"#),
            "{text}"
        );
        for kept in [
            r#""\u00e9""#,
            "1.024e3",
            r#""temperature":1.0"#,
            r#""cache_control":{"type":"ephemeral"}"#,
        ] {
            assert!(text.contains(kept), "{kept}");
        }
        assert!(!text.contains("anthropic_"), "{text}");
        assert_eq!(native.betas, ["a", "b"]);
        assert_eq!(native.version, None);
    }

    #[test]
    fn a_later_version_is_kept() {
        let native = of(r#"{"anthropic_version":"2026-10-21","messages":[]}"#).unwrap();
        assert_eq!(native.version.as_deref(), Some("2026-10-21"));
    }

    #[test]
    fn what_is_no_message_is_converted() {
        assert_eq!(of(r#"{"prompt":"\n\nHuman: Hi\n\nAssistant:"}"#), None);
        let mut request = crate::testing::ask("Hello");
        assert_eq!(native(&request, "claude"), None);
        request.native_body = Some(Bytes::from_static(b"{\"messages\":[]}"));
        assert_eq!(native(&request, "claude"), None);
    }
}
