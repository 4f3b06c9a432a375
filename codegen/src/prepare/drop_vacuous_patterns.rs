//! Drops patterns that cannot fail.

use regex_syntax::hir::{Hir, HirKind, Look};

use super::PrepareError;
use super::pattern::{Change, change_patterns};
use crate::ast::Model;

/// Drops patterns that match every text, such as `^[\s\S]*$`.
///
/// They restrict nothing, but they make their shape a restricted one: the generator then cannot build a
/// `ValidationException` whose message has that shape.
pub(super) fn drop_vacuous_patterns(model: &mut Model) -> Result<(), PrepareError> {
    change_patterns(model, |id, pattern| {
        let parsed = regex_syntax::parse(pattern).map_err(|error| PrepareError::Pattern {
            shape: id.to_owned(),
            reason: error.to_string(),
        })?;
        Ok(if matches_everything(&parsed) {
            Change::Drop
        } else {
            Change::Keep
        })
    })
}

fn matches_everything(pattern: &Hir) -> bool {
    match pattern.kind() {
        HirKind::Concat(parts) => parts
            .iter()
            .all(|part| is_outer_anchor(part) || matches_everything(part)),
        HirKind::Capture(capture) => matches_everything(&capture.sub),
        HirKind::Repetition(repetition) => {
            repetition.min == 0 && repetition.max.is_none() && is_any_character(&repetition.sub)
        }
        _ => false,
    }
}

fn is_outer_anchor(part: &Hir) -> bool {
    matches!(part.kind(), HirKind::Look(Look::Start | Look::End))
}

fn is_any_character(part: &Hir) -> bool {
    match part.kind() {
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => {
            matches!(class.ranges(), [all] if all.start() == '\0' && all.end() == char::MAX)
        }
        HirKind::Capture(capture) => is_any_character(&capture.sub),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prepare::testing::{json_of, model};

    #[test]
    fn drops_what_matches_everything_and_nothing_else() {
        for (pattern, dropped) in [
            (r"^[\\s\\S]*$", true),
            (r"^([\\d\\D]*)$", true),
            (r"^[\\s\\S]+$", false),
            ("^.*$", false),
            ("^a[\\\\s\\\\S]*$", false),
            (r"^[\\s\\S]{0,9}$", false),
        ] {
            let mut model = model(&format!(
                r#"{{"t#S":{{"type":"string","traits":{{"smithy.api#pattern":"{pattern}"}}}}}}"#
            ));
            drop_vacuous_patterns(&mut model).unwrap();
            assert_eq!(
                !json_of(&model, "t#S").contains("pattern"),
                dropped,
                "{pattern}"
            );
        }
    }

    #[test]
    fn names_the_shape_of_a_pattern_that_does_not_parse() {
        let mut model = model(
            r#"{"t#S":{"type":"structure","members":{"a":{"target":"t#T","traits":{"smithy.api#pattern":"(?=a)"}}}}}"#,
        );
        let error = drop_vacuous_patterns(&mut model).unwrap_err();
        assert!(
            error.to_string().starts_with("t#S$a: its pattern"),
            "{error}"
        );
    }
}
