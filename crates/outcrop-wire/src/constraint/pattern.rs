//! `@pattern` constraints: the official text to print, and the expression to match with.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

/// Upper bound of a compiled expression in bytes; the longest repetitions of the models (`{1,2048}`) need a few megabytes.
const COMPILED_BYTES: usize = 64 << 20;

/// A pattern of the model. It is compiled when a rejection first needs it.
#[derive(Debug)]
pub(crate) struct Pattern {
    official: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Takes the official pattern, with or without its outer `^` and `$`.
    pub(crate) fn new(official: &str) -> Self {
        let inner = official.strip_prefix('^').unwrap_or(official);
        let inner = inner
            .strip_suffix('$')
            .filter(|rest| !rest.ends_with('\\'))
            .unwrap_or(inner);
        Self {
            official: inner.to_owned(),
            compiled: OnceLock::new(),
        }
    }

    /// The pattern as the service prints it: without its outer `^` and `$`.
    pub(crate) fn official(&self) -> &str {
        &self.official
    }

    /// Whether the whole text matches. A pattern that this engine cannot compile accepts everything:
    /// the generated code has judged the text already.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| compile(&self.official))
            .as_ref()
            .is_none_or(|regex| regex.is_match(text))
    }
}

fn compile(official: &str) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{official})$"))
        .size_limit(COMPILED_BYTES)
        .build()
        .inspect_err(
            |error| tracing::debug!(pattern = official, %error, "pattern is not checked again"),
        )
        .ok()
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn whole_text_must_match() {
        let pattern = Pattern::new("[a-zA-Z0-9_-]+");
        assert!(pattern.matches("get_weather"));
        assert!(!pattern.matches("get weather"));
        assert!(!pattern.matches(""));
    }

    #[test]
    fn alternatives_are_anchored_as_a_whole() {
        let pattern = Pattern::new("(([1-9][0-9]{0,7})|(DRAFT))");
        assert!(pattern.matches("DRAFT"));
        assert!(!pattern.matches("1x"));
        assert!(!Pattern::new("a|b").matches("ab"));
    }

    #[test]
    fn outer_anchors_are_not_printed() {
        assert_eq!(Pattern::new("^[a-z]+$").official(), "[a-z]+");
        assert_eq!(Pattern::new(r"[a-z]\$").official(), r"[a-z]\$");
    }

    #[test]
    fn pattern_that_cannot_be_compiled_accepts() {
        assert!(Pattern::new("(?!x)y").matches("anything"));
    }
}
