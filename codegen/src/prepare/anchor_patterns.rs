//! Makes patterns speak of the whole text.

use super::PrepareError;
use super::pattern::{Change, change_patterns, is_anchored};
use crate::ast::Model;

/// Wraps every pattern that does not run from `^` to `$` as a whole.
///
/// The live service matches the whole text, the generated code any part of it: `^a|b$` would let `xb` through.
pub(super) fn anchor_patterns(model: &mut Model) -> Result<(), PrepareError> {
    change_patterns(model, |id, pattern| {
        let anchored = if is_anchored(pattern) {
            pattern.to_owned()
        } else {
            format!("^(?:{pattern})$")
        };
        regex::Regex::new(&anchored).map_err(|error| PrepareError::Pattern {
            shape: id.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(if anchored == pattern {
            Change::Keep
        } else {
            Change::Replace(anchored)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    fn anchor(pattern: &str) -> Result<String, PrepareError> {
        let mut model = model(&format!(
            r#"{{"t#S":{{"type":"string","traits":{{"smithy.api#pattern":"{pattern}"}}}}}}"#
        ));
        anchor_patterns(&mut model)?;
        Ok(json_of(&model, "t#S").split('"').nth(9).unwrap().to_owned())
    }

    #[test]
    fn anchors_what_is_not_anchored_as_a_whole() {
        assert_eq!(anchor("^a$").unwrap(), "^a$");
        assert_eq!(anchor("a").unwrap(), "^(?:a)$");
        assert_eq!(anchor("^a|b$").unwrap(), "^(?:^a|b$)$");
    }

    #[test]
    fn an_anchored_alternative_matches_the_whole_text_only() {
        let pattern = regex::Regex::new(&anchor("^a|b$").unwrap()).unwrap();
        assert!(pattern.is_match("a") && pattern.is_match("b"));
        assert!(!pattern.is_match("xb") && !pattern.is_match("ax"));
    }

    #[test]
    fn names_the_shape_of_a_pattern_that_is_too_large_to_compile() {
        let error = anchor("((a{1,999}){1,999}){1,999}").unwrap_err();
        assert!(error.to_string().starts_with("t#S: its pattern"), "{error}");
    }
}
