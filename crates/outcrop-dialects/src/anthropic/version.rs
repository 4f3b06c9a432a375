//! The versions of the Messages API, of which a body names one.

use outcrop_catalogue::Model;
use serde_json::Value;

use super::error;
use super::fields::Object;
use super::generation;
use crate::DialectError;

/// The version that Bedrock began with. Every model knows it.
const FIRST: &str = "bedrock-2023-05-31";

/// The version that Anthropic's clients ask for since October 2026.
const SECOND: &str = "2026-10-21";

/// The first models that know [`SECOND`] on Bedrock (documented).
const KNOWS_SECOND: (u32, u32) = (4, 7);

/// What [`SECOND`] has no longer: these are refused even at their defaults (documented; the text is quoted).
const SAMPLING: [&str; 3] = ["temperature", "top_p", "top_k"];

pub(super) fn check(body: &Object<'_>, model: &Model) -> Result<(), DialectError> {
    match body.required("anthropic_version")?.string()? {
        FIRST => Ok(()),
        SECOND if knows_second(model) => {
            has_no_sampling(body)?;
            has_its_content(body)
        }
        version => Err(error::version(version)),
    }
}

/// A model whose id has no number is a user's own; it is not held to an age.
fn knows_second(model: &Model) -> bool {
    generation::version(&model.id).is_none_or(|version| version >= KNOWS_SECOND)
}

fn has_no_sampling(body: &Object<'_>) -> Result<(), DialectError> {
    let members = body.members();
    match SAMPLING.iter().find(|name| members.contains_key(**name)) {
        Some(name) => Err(body.required(name)?.error("Extra inputs are not permitted")),
        None => Ok(()),
    }
}

/// Documents are the user's alone, and citations the assistant's (documented).
fn has_its_content(body: &Object<'_>) -> Result<(), DialectError> {
    let messages = body.members().get("messages").and_then(Value::as_array);
    for (message, value) in messages.into_iter().flatten().enumerate() {
        for (block, content) in elements(value).enumerate() {
            let at = format!("messages.{message}.content.{block}");
            if value["role"] == "assistant" && content["type"] == "document" {
                return Err(error::document_of_assistant(&at));
            }
            if value["role"] == "user"
                && let Some(cited) = cited_text(content)
            {
                return Err(error::citations_of_user(&format!("{at}.{cited}")));
            }
        }
    }
    Ok(())
}

/// Where a block of the user's has citations, if it has.
fn cited_text(block: &Value) -> Option<String> {
    let cites = |text: &Value| {
        let citations = text["citations"].as_array();
        text["type"] == "text" && citations.is_some_and(|citations| !citations.is_empty())
    };
    if cites(block) {
        return Some("text".to_owned());
    }
    if block["type"] != "search_result" {
        return None;
    }
    let place = elements(block).position(cites)?;
    Some(format!("search_result.content.{place}"))
}

fn elements(holder: &Value) -> impl Iterator<Item = &Value> {
    holder["content"].as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use outcrop_catalogue::Catalogue;
    use serde_json::json;

    use super::*;

    fn refusal(model: &str, version: &str, parameter: &str) -> Option<String> {
        let catalogue = Catalogue::builtin().unwrap();
        let body = json!({"anthropic_version": version, parameter: 1});
        let body = Object::root(body.as_object().unwrap());
        let refusal = check(&body, catalogue.model(model).unwrap()).err()?;
        Some(refusal.to_string())
    }

    #[test]
    fn earlier_models_know_one_version() {
        for model in [
            "anthropic.claude-3-haiku-20240307-v1:0",
            "anthropic.claude-opus-4-6-v1",
        ] {
            assert_eq!(refusal(model, FIRST, "temperature"), None);
            let expected = "Invalid API version: 2026-10-21".to_owned();
            assert_eq!(refusal(model, SECOND, "max_tokens"), Some(expected));
        }
    }

    #[test]
    fn later_models_know_two() {
        for model in [
            "anthropic.claude-opus-4-7",
            "anthropic.claude-opus-5",
            "anthropic.claude-fable-5",
        ] {
            assert_eq!(refusal(model, FIRST, "temperature"), None);
            assert_eq!(refusal(model, SECOND, "max_tokens"), None);
            let expected = "Invalid API version: 2023-06-01".to_owned();
            assert_eq!(refusal(model, "2023-06-01", "max_tokens"), Some(expected));
        }
    }

    #[test]
    fn the_second_version_has_no_sampling() {
        for name in SAMPLING {
            let expected = format!("{name}: Extra inputs are not permitted");
            assert_eq!(
                refusal("anthropic.claude-sonnet-5", SECOND, name),
                Some(expected)
            );
        }
    }

    #[test]
    fn documents_are_the_users_and_citations_the_assistants() {
        let catalogue = Catalogue::builtin().unwrap();
        let model = catalogue.model("anthropic.claude-opus-4-7").unwrap();
        let refusal = |version: &str, role: &str, block: Value| {
            let messages =
                json!([{"role": "user", "content": "Hi"}, {"role": role, "content": [block]}]);
            let body = json!({"anthropic_version": version, "messages": messages});
            let refusal = check(&Object::root(body.as_object().unwrap()), model);
            refusal.err().map(|refusal| refusal.to_string())
        };
        let document = || json!({"type": "document", "source": {}});
        let text =
            || json!({"type": "text", "text": "a", "citations": [{"type": "char_location"}]});
        let result =
            || json!({"type": "search_result", "content": [{"type": "text", "text": "b"}, text()]});
        assert_eq!(refusal(SECOND, "user", document()), None);
        assert_eq!(refusal(SECOND, "assistant", text()), None);
        assert_eq!(
            refusal(
                SECOND,
                "user",
                json!({"type": "text", "text": "a", "citations": []})
            ),
            None
        );
        let refused = [
            ("assistant", document(), "messages.1.content.0: "),
            ("user", text(), "messages.1.content.0.text: "),
            (
                "user",
                result(),
                "messages.1.content.0.search_result.content.1: ",
            ),
        ];
        for (role, block, place) in refused {
            assert_eq!(refusal(FIRST, role, block.clone()), None);
            let told = refusal(SECOND, role, block).unwrap();
            assert!(told.starts_with(place), "{told}");
        }
    }
}
