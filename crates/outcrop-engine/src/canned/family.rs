//! What the answers of a model's family look like (recorded), where families differ.

use outcrop_catalogue::Model;

/// The families whose answers have a shape of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Claude up to 3.7, whose names have the version before the size.
    Claude3,
    /// Claude since 4.
    Claude4,
    /// All others.
    Other,
}

impl Family {
    pub(super) fn of(model: &Model) -> Self {
        match model.id.strip_prefix("anthropic.claude-") {
            None => Self::Other,
            Some(name) if name.starts_with(|first: char| first.is_ascii_digit()) => Self::Claude3,
            Some(name) if name.starts_with("v2") || name.starts_with("instant") => Self::Claude3,
            Some(_) => Self::Claude4,
        }
    }

    pub(super) fn is_claude(self) -> bool {
        self != Self::Other
    }

    /// The `type` of a tool call: newer Claude models send one that the official model lacks.
    pub(super) fn tool_use_type(self) -> Option<String> {
        (self == Self::Claude4).then(|| "tool_use".to_owned())
    }
}

/// Tokens that a prefix must have to be cached.
///
/// The documentation lists 1,024 to 4,096 of the model's own tokens. The tokenizer here finds 0.4 to 1 times as many
/// as the models did in recorded prompts that were cached, so half of what is listed keeps those cached.
pub(super) fn minimum_cached_tokens(model: &Model) -> u64 {
    let named = |names: &[&str]| names.iter().any(|name| model.id.contains(name));
    let listed = if named(&["claude-haiku-4-5", "claude-opus-4-5"]) {
        4096
    } else if named(&["claude-3-5-haiku", "claude-3-haiku"]) {
        2048
    } else if Family::of(model).is_claude() {
        1024
    } else {
        1000
    };
    listed / 2
}

#[cfg(test)]
mod tests {
    use outcrop_catalogue::Catalogue;

    use super::*;

    #[test]
    fn families_follow_from_ids() {
        let catalogue = Catalogue::builtin().unwrap();
        let family = |id: &str| Family::of(catalogue.model(id).unwrap());
        assert_eq!(
            family("anthropic.claude-3-haiku-20240307-v1:0"),
            Family::Claude3
        );
        assert_eq!(
            family("anthropic.claude-sonnet-4-5-20250929-v1:0"),
            Family::Claude4
        );
        assert_eq!(family("amazon.nova-lite-v1:0"), Family::Other);
    }

    #[test]
    fn the_minimum_to_cache_depends_on_the_model() {
        let catalogue = Catalogue::builtin().unwrap();
        let minimum = |id: &str| minimum_cached_tokens(catalogue.model(id).unwrap());
        assert_eq!(minimum("anthropic.claude-haiku-4-5-20251001-v1:0"), 2048);
        assert_eq!(minimum("anthropic.claude-sonnet-4-5-20250929-v1:0"), 512);
        assert_eq!(minimum("amazon.nova-lite-v1:0"), 500);
    }
}
