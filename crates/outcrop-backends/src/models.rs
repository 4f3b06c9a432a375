//! Which of a server's models answers for a Bedrock model.

use std::str::FromStr;

/// Names of a server's models by pattern of Bedrock's ids. The first pattern that fits counts.
///
/// As text: entries separated by commas, each `PATTERN=NAME`, or `NAME` alone for every model. `*`
/// stands for any text.
///
/// ```
/// let map: outcrop_backends::ModelMap = "anthropic.*=qwen3:8b, llama3.1:8b".parse().unwrap();
/// assert_eq!(map.find(&["anthropic.claude-3-haiku-20240307-v1:0"]), Some("qwen3:8b"));
/// assert_eq!(map.find(&["amazon.nova-lite-v1:0"]), Some("llama3.1:8b"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModelMap(Vec<(String, String)>);

/// A text that is no [`ModelMap`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is neither the name of a model nor PATTERN=NAME")]
pub struct NotAModelMap(String);

impl ModelMap {
    /// One name for every model.
    #[must_use]
    pub fn of_every_model(name: &str) -> Self {
        Self(vec![("*".to_owned(), name.to_owned())])
    }

    /// The patterns and their names, in order.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        let entries = self.0.iter();
        entries.map(|(pattern, name)| (pattern.as_str(), name.as_str()))
    }

    /// Whether nothing is mapped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name for the first pattern that fits one of the ways to say the model's id.
    #[must_use]
    pub fn find(&self, ids: &[&str]) -> Option<&str> {
        let fits = |pattern: &str| ids.iter().any(|id| matches(pattern, id));
        let (_, name) = self.0.iter().find(|(pattern, _)| fits(pattern))?;
        Some(name)
    }
}

impl FromStr for ModelMap {
    type Err = NotAModelMap;

    fn from_str(text: &str) -> Result<Self, NotAModelMap> {
        let entries = text
            .split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty());
        entries
            .map(|entry| {
                let (pattern, name) = entry.split_once('=').unwrap_or(("*", entry));
                let (pattern, name) = (pattern.trim(), name.trim());
                if pattern.is_empty() || name.is_empty() || name.contains(char::is_whitespace) {
                    return Err(NotAModelMap(entry.to_owned()));
                }
                Ok((pattern.to_owned(), name.to_owned()))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Whether a pattern fits a whole text. `*` stands for any text, and nothing else has a meaning.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let Some((head, mut rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(head) else {
        return false;
    };
    // The shortest fit of each piece leaves the most for those after it.
    while let Some((piece, after)) = rest.split_once('*') {
        let Some(place) = text.find(piece) else {
            return false;
        };
        text = &text[place + piece.len()..];
        rest = after;
    }
    text.ends_with(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_fit_whole_ids() {
        for (pattern, text, fits) in [
            ("*", "", true),
            ("a.b", "a.b", true),
            ("a.b", "a.bc", false),
            ("a.*", "a.bc", true),
            ("a.*", "us.a.bc", false),
            ("*.a.*", "us.a.bc", true),
            ("a*c*c", "abcbc", true),
            ("a*c*c", "abc", false),
            ("ab*b", "ab", false),
        ] {
            assert_eq!(matches(pattern, text), fits, "{pattern} {text}");
        }
    }

    #[test]
    fn the_first_pattern_counts_for_any_way_to_say_the_id() {
        let map: ModelMap = "us.*=far,amazon.nova-*=near,".parse().unwrap();
        assert_eq!(
            map.find(&["amazon.nova-lite-v1:0", "us.amazon.nova-lite-v1:0"]),
            Some("far")
        );
        assert_eq!(map.find(&["amazon.nova-lite-v1:0"]), Some("near"));
        assert_eq!(map.find(&["meta.llama3-8b-instruct-v1:0"]), None);
        assert_eq!(ModelMap::default().find(&["a"]), None);
    }

    #[test]
    fn what_is_no_map_is_refused() {
        for text in ["=x", "x=", "a b", "a.*=b c"] {
            assert!(text.parse::<ModelMap>().is_err(), "{text}");
        }
    }
}
