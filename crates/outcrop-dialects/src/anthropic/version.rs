//! The versions of the Messages API, of which a body names one.

use outcrop_catalogue::Model;

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
        SECOND if knows_second(model) => has_no_sampling(body),
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
}
