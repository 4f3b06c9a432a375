//! Patterns of Bedrock's ids.

use std::{fmt, str::FromStr};

use crate::models::matches;

/// Fits whole ids, profiles and ARNs. `*` stands for any text.
///
/// ```
/// use outcrop_backends::route::Pattern;
/// let pattern: Pattern = "anthropic.*".parse().unwrap();
/// assert!(pattern.fits("anthropic.claude-3-haiku-20240307-v1:0"));
/// assert!(!pattern.fits("us.anthropic.claude-3-haiku-20240307-v1:0"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

/// A text that no id can fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no pattern of model ids: they are made of letters, digits and `.:/_-`, and `*` stands for any text"
)]
pub struct NotAPattern(String);

impl Pattern {
    /// Whether the pattern fits a whole id.
    #[must_use]
    pub fn fits(&self, id: &str) -> bool {
        matches(&self.0, id)
    }
}

impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Pattern {
    type Err = NotAPattern;

    fn from_str(text: &str) -> Result<Self, NotAPattern> {
        let known = |byte: u8| byte.is_ascii_alphanumeric() || b".:/_-*".contains(&byte);
        if text.is_empty() || !text.bytes().all(known) {
            return Err(NotAPattern(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_id_can_have_is_refused() {
        for text in ["", "a b", "claude-?", "[ab]*", "a,b", "{a,b}"] {
            assert!(text.parse::<Pattern>().is_err(), "{text}");
        }
        let arn = "arn:aws:bedrock:*:*:inference-profile/us.*";
        assert!(arn.parse::<Pattern>().is_ok());
    }
}
