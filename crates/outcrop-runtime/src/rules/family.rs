//! Model families: rules that hold for a provider's models rather than for one model.

use outcrop_catalogue::Model;

/// Whether the model's id starts with one of these.
pub(super) fn is_any(model: &Model, prefixes: &[&str]) -> bool {
    prefixes.iter().any(|prefix| model.id.starts_with(prefix))
}

/// The generation of a Claude model, such as 4.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version(pub(super) u8, pub(super) u8);

const CLAUDE: &str = "anthropic.claude-";

/// Whether the model is a Claude model.
pub(super) fn is_claude(model: &Model) -> bool {
    model.id.starts_with(CLAUDE)
}

/// The generation of a Claude model; of other models, and where the id does not tell, none.
pub(super) fn claude(model: &Model) -> Option<Version> {
    version(model.id.strip_prefix(CLAUDE)?)
}

/// Reads `3-5-sonnet-20241022-v2:0`, `opus-4-20250514-v1:0`, `sonnet-4-6`, `v2:1`, `instant-v1`.
fn version(name: &str) -> Option<Version> {
    let mut parts = name.split('-').skip_while(|part| number(part).is_none());
    let major = number(parts.next()?)?;
    let minor = parts
        .next()
        .filter(|part| !part.starts_with('v'))
        .and_then(number);
    Some(Version(major, minor.unwrap_or(0)))
}

/// Dates are not numbers here.
fn number(part: &str) -> Option<u8> {
    let digits = part.strip_prefix('v').unwrap_or(part).split(':').next()?;
    if digits.len() > 2 {
        None
    } else {
        digits.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_generation() {
        let cases = [
            ("v2:1:200k", Some(Version(2, 0))),
            ("instant-v1:2:100k", Some(Version(1, 0))),
            ("3-haiku-20240307-v1:0", Some(Version(3, 0))),
            ("3-5-sonnet-20241022-v2:0", Some(Version(3, 5))),
            ("3-7-sonnet-20250219-v1:0", Some(Version(3, 7))),
            ("opus-4-20250514-v1:0", Some(Version(4, 0))),
            ("opus-4-1-20250805-v1:0", Some(Version(4, 1))),
            ("haiku-4-5-20251001-v1:0", Some(Version(4, 5))),
            ("sonnet-4-6", Some(Version(4, 6))),
            ("opus-4-6-v1", Some(Version(4, 6))),
            ("opus-5", Some(Version(5, 0))),
            ("fable-5-1", Some(Version(5, 1))),
            ("mythos-preview", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(version(name), expected, "{name}");
        }
    }
}
