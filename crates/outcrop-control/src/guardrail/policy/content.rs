//! Content filters.

use bedrock_smithy::model::{
    GuardrailContentFilter, GuardrailContentFilterConfig, GuardrailContentFilterType,
    GuardrailContentFiltersTier, GuardrailContentFiltersTierName, GuardrailContentPolicy,
    GuardrailContentPolicyConfig, GuardrailFilterStrength,
};

use super::{has_duplicates, refuse};
use crate::error::ControlError;

pub(super) fn check(config: &GuardrailContentPolicyConfig) -> Result<(), ControlError> {
    let filters = &config.filters_config;
    // The text is ours.
    refuse(
        has_duplicates(filters.iter().map(|filter| &filter.r#type)),
        "The content filter configs cannot have duplicates",
    )?;
    let response_to_attack = filters.iter().any(|filter| {
        filter.r#type == GuardrailContentFilterType::PromptAttack
            && filter.output_strength != GuardrailFilterStrength::None
    });
    refuse(
        response_to_attack,
        "PROMPT ATTACK content filter strength for response must be NONE",
    )?;
    let idle = filters.iter().all(|filter| {
        filter.input_strength == GuardrailFilterStrength::None
            && filter.output_strength == GuardrailFilterStrength::None
    });
    refuse(
        idle,
        "At least one content filter strength must be set to not NONE.",
    )
}

pub(super) fn is_standard(config: &GuardrailContentPolicyConfig) -> bool {
    let tier = config.tier_config.as_ref();
    tier.is_some_and(|tier| tier.tier_name == GuardrailContentFiltersTierName::Standard)
}

pub(in super::super) fn described(config: GuardrailContentPolicyConfig) -> GuardrailContentPolicy {
    GuardrailContentPolicy {
        filters: Some(config.filters_config.into_iter().map(filter).collect()),
        tier: config.tier_config.map(|tier| GuardrailContentFiltersTier {
            tier_name: tier.tier_name,
        }),
    }
}

fn filter(config: GuardrailContentFilterConfig) -> GuardrailContentFilter {
    GuardrailContentFilter {
        input_action: config.input_action,
        input_enabled: config.input_enabled,
        input_modalities: config.input_modalities,
        input_strength: config.input_strength,
        output_action: config.output_action,
        output_enabled: config.output_enabled,
        output_modalities: config.output_modalities,
        output_strength: config.output_strength,
        r#type: config.r#type,
    }
}
