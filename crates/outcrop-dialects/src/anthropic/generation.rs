//! What Claude's models call themselves, and how their answers differ.

use outcrop_catalogue::Model;

/// Models whose answers have the same members in the same order (recorded).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Generation {
    /// Up to Claude 3.5 Sonnet: usage has two members.
    Classic,
    /// Claude 3.5 Haiku to 4.1: usage counts cached tokens.
    Caching,
    /// From Claude 4.5: the model comes first, usage counts cached tokens by their time to live.
    Current,
    /// From Claude 4.8: usage tells the service tier and the tokens of thinking; the role `system` may speak between turns.
    Newest,
}

impl Generation {
    /// Claude 3.5 Haiku counts cached tokens only for requests that ask for caching (recorded).
    pub(super) fn of_answer(model: &Model, caches: bool) -> Self {
        match Self::of(model) {
            Self::Caching if !caches && model.id.contains("claude-3-5-haiku") => Self::Classic,
            generation => generation,
        }
    }

    pub(super) fn of(model: &Model) -> Self {
        let Some(version) = version(&model.id) else {
            return Self::Current;
        };
        if version < (3, 5) || model.id.contains("claude-3-5-sonnet") {
            Self::Classic
        } else if version < (4, 5) {
            Self::Caching
        } else if version < (4, 8) {
            Self::Current
        } else {
            Self::Newest
        }
    }
}

/// The name that an answer tells (recorded): no provider, no version of the deployment.
pub(super) fn short_name(model: &Model) -> String {
    let name = model.id.strip_prefix("anthropic.").unwrap_or(&model.id);
    match name {
        _ if name.starts_with("claude-v2:1") => return "claude-2.1".to_owned(),
        _ if name.starts_with("claude-v2") => return "claude-2.0".to_owned(),
        _ if name.starts_with("claude-instant") => return "claude-instant-1.2".to_owned(),
        _ => {}
    }
    let name = name.split(':').next().unwrap_or(name);
    match name.rsplit_once("-v") {
        Some((short, version)) if version.bytes().all(|byte| byte.is_ascii_digit()) => {
            short.to_owned()
        }
        _ => name.to_owned(),
    }
}

/// `claude-3-5-haiku-20241022` is 3.5, `claude-opus-4-20250514` is 4.0, `claude-v2` is 2.0.
pub(super) fn version(id: &str) -> Option<(u32, u32)> {
    let mut numbers = id
        .split(['-', ':', '.'])
        .skip_while(|part| number(part).is_none());
    let major = number(numbers.next()?)?;
    let minor = numbers.next().and_then(number).unwrap_or(0);
    Some((major, minor))
}

/// Dates are no versions.
fn number(part: &str) -> Option<u32> {
    let digits = part.strip_prefix('v').unwrap_or(part);
    digits.parse().ok().filter(|number| *number < 100)
}

#[cfg(test)]
mod tests {
    use outcrop_catalogue::Catalogue;

    use super::*;

    #[test]
    fn one_model_counts_cached_tokens_when_asked_to_cache() {
        let catalogue = Catalogue::builtin().unwrap();
        let of = |id, caches| Generation::of_answer(catalogue.model(id).unwrap(), caches);
        let haiku = "anthropic.claude-3-5-haiku-20241022-v1:0";
        assert_eq!(of(haiku, true), Generation::Caching);
        assert_eq!(of(haiku, false), Generation::Classic);
        let sonnet = "anthropic.claude-3-7-sonnet-20250219-v1:0";
        assert_eq!(of(sonnet, false), Generation::Caching);
    }

    #[test]
    fn every_known_model_has_its_generation_and_name() {
        let catalogue = Catalogue::builtin().unwrap();
        let of = |id: &str| {
            let model = catalogue.model(id).unwrap();
            (Generation::of(model), short_name(model))
        };
        let expected = [
            ("anthropic.claude-v2:1", Generation::Classic, "claude-2.1"),
            ("anthropic.claude-v2", Generation::Classic, "claude-2.0"),
            (
                "anthropic.claude-3-haiku-20240307-v1:0:48k",
                Generation::Classic,
                "claude-3-haiku-20240307",
            ),
            (
                "anthropic.claude-3-5-sonnet-20240620-v1:0",
                Generation::Classic,
                "claude-3-5-sonnet-20240620",
            ),
            (
                "anthropic.claude-3-5-haiku-20241022-v1:0",
                Generation::Caching,
                "claude-3-5-haiku-20241022",
            ),
            (
                "anthropic.claude-opus-4-20250514-v1:0",
                Generation::Caching,
                "claude-opus-4-20250514",
            ),
            (
                "anthropic.claude-sonnet-4-5-20250929-v1:0",
                Generation::Current,
                "claude-sonnet-4-5-20250929",
            ),
            (
                "anthropic.claude-opus-4-6-v1",
                Generation::Current,
                "claude-opus-4-6",
            ),
            (
                "anthropic.claude-opus-4-8",
                Generation::Newest,
                "claude-opus-4-8",
            ),
            (
                "anthropic.claude-opus-5",
                Generation::Newest,
                "claude-opus-5",
            ),
        ];
        for (id, generation, name) in expected {
            assert_eq!(of(id), (generation, name.to_owned()), "{id}");
        }
    }
}
