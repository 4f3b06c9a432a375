//! Writes the characters that the generator stumbles over as escapes.

use super::PrepareError;
use super::pattern::{Change, change_patterns, rewrite_characters};
use crate::ast::Model;

/// Escapes control characters in patterns: the generator refuses them raw.
pub(super) fn escape_control_characters(model: &mut Model) -> Result<(), PrepareError> {
    escape(model, |character| match character {
        '\t' => Some(r"\t".to_owned()),
        '\n' => Some(r"\n".to_owned()),
        '\r' => Some(r"\r".to_owned()),
        control if control.is_ascii_control() => Some(format!(r"\x{:02x}", u32::from(control))),
        _ => None,
    })
}

/// Writes `#` in patterns as `\x23`: the generator takes it for one of its own placeholders.
pub(super) fn escape_hashes(model: &mut Model) -> Result<(), PrepareError> {
    escape(model, |character| {
        (character == '#').then(|| r"\x23".to_owned())
    })
}

fn escape(model: &mut Model, rewrite: impl Fn(char) -> Option<String>) -> Result<(), PrepareError> {
    change_patterns(model, |_, pattern| {
        let escaped = rewrite_characters(pattern, &rewrite);
        Ok(if escaped == pattern {
            Change::Keep
        } else {
            Change::Replace(escaped)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::get_trait;
    use crate::prepare::testing::model;

    fn pattern_of(model: &Model) -> String {
        get_trait(&model.shape("t#M").unwrap()["key"], "smithy.api#pattern")
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    }

    fn with_key_pattern(pattern: &str) -> Model {
        model(&format!(
            r#"{{"t#M":{{"type":"map","key":{{"target":"smithy.api#String","traits":{{"smithy.api#pattern":"{pattern}"}}}},"value":{{"target":"t#V"}}}}}}"#
        ))
    }

    #[test]
    fn control_characters_keep_their_meaning() {
        let mut model = with_key_pattern(r"^[\t\n\r\u0001 -ÿ]+$");
        escape_control_characters(&mut model).unwrap();
        assert_eq!(pattern_of(&model), r"^[\t\n\r\x01 -ÿ]+$");
        let pattern = regex::Regex::new(&pattern_of(&model)).unwrap();
        assert!(pattern.is_match("a\tb\u{1}") && !pattern.is_match("\u{2}"));
    }

    #[test]
    fn hashes_are_escaped_on_map_keys_too() {
        let mut model = with_key_pattern(r"^[a#\\#]$");
        escape_hashes(&mut model).unwrap();
        assert_eq!(pattern_of(&model), r"^[a\x23\x23]$");
    }
}
