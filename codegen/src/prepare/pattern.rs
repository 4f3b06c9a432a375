//! Reading and rewriting regular expressions, for the transformations that change `@pattern`.

use serde_json::Value;

use super::PrepareError;
use crate::ast::{Model, members_mut};

const PATTERN: &str = "smithy.api#pattern";

/// What becomes of one pattern.
pub(super) enum Change {
    Keep,
    Drop,
    Replace(String),
}

/// Shows every pattern of the model, on shapes and on members, to `change`, with the id that an error should name.
pub(super) fn change_patterns(
    model: &mut Model,
    change: impl Fn(&str, &str) -> Result<Change, PrepareError>,
) -> Result<(), PrepareError> {
    for (id, shape) in model.shapes_mut() {
        change_pattern(id, shape, &change)?;
        for (name, member) in members_mut(shape) {
            change_pattern(&format!("{id}${name}"), member, &change)?;
        }
    }
    Ok(())
}

fn change_pattern(
    id: &str,
    shape: &mut Value,
    change: &impl Fn(&str, &str) -> Result<Change, PrepareError>,
) -> Result<(), PrepareError> {
    let Some(traits) = shape.get_mut("traits").and_then(Value::as_object_mut) else {
        return Ok(());
    };
    let Some(pattern) = traits.get(PATTERN).and_then(Value::as_str) else {
        return Ok(());
    };
    match change(id, pattern)? {
        Change::Keep => {}
        Change::Drop => {
            traits.shift_remove(PATTERN);
        }
        Change::Replace(pattern) => {
            traits.insert(PATTERN.to_owned(), Value::String(pattern));
        }
    }
    Ok(())
}

/// Rewrites single characters of a pattern. `rewrite` sees each character that stands for itself, escaped or not, and
/// returns what to write for it, its escape included; the backslashes of other escapes are left alone.
pub(super) fn rewrite_characters(
    pattern: &str,
    rewrite: impl Fn(char) -> Option<String>,
) -> String {
    let mut written = String::with_capacity(pattern.len());
    let mut escaped = false;
    for character in pattern.chars() {
        if let Some(text) = rewrite(character) {
            if escaped {
                written.pop();
            }
            written.push_str(&text);
            escaped = false;
        } else {
            written.push(character);
            escaped = character == '\\' && !escaped;
        }
    }
    written
}

/// Whether the pattern as a whole runs from `^` to `$`: with no `|` outside of parentheses that would leave each
/// alternative with one anchor only.
pub(super) fn is_anchored(pattern: &str) -> bool {
    if !(pattern.starts_with('^') && pattern.ends_with('$')) {
        return false;
    }
    let (mut depth, mut class, mut escaped) = (0_u32, false, false);
    for character in pattern.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => class = true,
            ']' => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth = depth.saturating_sub(1),
            '|' if !class && depth == 0 => return false,
            _ => {}
        }
    }
    // A final `\$` is a dollar sign. (`escaped` is false by now either way.)
    !ends_escaped(pattern)
}

/// Whether the last character is escaped: behind an odd number of backslashes.
fn ends_escaped(pattern: &str) -> bool {
    pattern
        .chars()
        .rev()
        .skip(1)
        .take_while(|&character| character == '\\')
        .count()
        % 2
        == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_whole_patterns_from_alternatives() {
        for pattern in ["^a$", "^(a|b)$", "^[|]$", r"^a\|b$", r"^a\\$", r"^[\]|]$"] {
            assert!(is_anchored(pattern), "{pattern}");
        }
        for pattern in [
            "a",
            "^a",
            "a$",
            "^a|b$",
            "(^a$)|(^b$)",
            r"^a\$",
            "^(a)|(b)$",
        ] {
            assert!(!is_anchored(pattern), "{pattern}");
        }
    }

    #[test]
    fn rewrites_a_character_with_and_without_its_backslash() {
        let hash = |character| (character == '#').then(|| "H".to_owned());
        assert_eq!(rewrite_characters(r"a#[\#]\\#\d", hash), r"aH[H]\\H\d");
    }
}
