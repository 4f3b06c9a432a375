//! What the answers of a model's family look like (recorded), where families differ.

use bedrock_runtime_smithy::model::Tool;
use outcrop_catalogue::Model;

use crate::ConverseRequest;

/// What the ids of the models of the family begin with.
const NOVA_2: &str = "amazon.nova-2-";

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

    /// The `type` of a tool call, which the official model lacks: newer Claude models send one, and Nova 2 where the
    /// request has a system tool, whose own calls have another type.
    pub(super) fn call_type(self, request: &ConverseRequest) -> Option<&'static str> {
        let mut tools = request.tool_config.iter().flat_map(|config| &config.tools);
        let among_others = request.model.id.starts_with(NOVA_2)
            && tools.any(|tool| matches!(tool, Tool::SystemTool(_)));
        (self == Self::Claude4 || among_others).then_some("tool_use")
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
    use bedrock_runtime_smithy::model::SystemTool;
    use outcrop_catalogue::Catalogue;

    use super::*;
    use crate::canned::testing::{CLAUDE, NOVA, ask, tools};

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
    fn calls_have_a_type_beside_system_tools() {
        let system_tool = Tool::SystemTool(SystemTool {
            name: "nova_grounding".to_owned(),
        });
        let call_type = |model, system: bool| {
            let mut request = ask(model, "Hi");
            let mut config = tools(&[], None);
            config.tools.extend(system.then(|| system_tool.clone()));
            request.tool_config = Some(config);
            Family::of(&request.model).call_type(&request)
        };
        assert_eq!(call_type("amazon.nova-2-lite-v1:0", true), Some("tool_use"));
        assert_eq!(call_type("amazon.nova-2-lite-v1:0", false), None);
        assert_eq!(call_type(NOVA, true), None);
        assert_eq!(call_type(CLAUDE, false), Some("tool_use"));
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
