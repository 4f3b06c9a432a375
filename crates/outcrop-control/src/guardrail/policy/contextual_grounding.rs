//! Grounding in a source, and relevance to the question.

use bedrock_smithy::model::{
    GuardrailContextualGroundingFilter, GuardrailContextualGroundingFilterConfig,
    GuardrailContextualGroundingPolicy, GuardrailContextualGroundingPolicyConfig,
    GuardrailContextualGroundingTier, GuardrailContextualGroundingTierName,
};

use super::{has_duplicates, refuse};
use crate::error::ControlError;

pub(super) fn check(config: &GuardrailContextualGroundingPolicyConfig) -> Result<(), ControlError> {
    let filters = &config.filters_config;
    // The text is ours.
    refuse(
        has_duplicates(filters.iter().map(|filter| &filter.r#type)),
        "The contextual grounding filter configs cannot have duplicates",
    )?;
    match filters.iter().find(|filter| filter.threshold >= 1.0) {
        // Quoted for GROUNDING.
        Some(filter) => Err(ControlError::Validation(format!(
            "{} threshold cannot be greater than or equal to 1",
            filter.r#type.as_str().to_ascii_lowercase()
        ))),
        None => Ok(()),
    }
}

pub(super) fn is_standard(config: &GuardrailContextualGroundingPolicyConfig) -> bool {
    let tier = config.tier_config.as_ref();
    tier.is_some_and(|tier| tier.tier_name == GuardrailContextualGroundingTierName::Standard)
}

pub(in super::super) fn described(
    config: GuardrailContextualGroundingPolicyConfig,
) -> GuardrailContextualGroundingPolicy {
    let tier = config.tier_config;
    GuardrailContextualGroundingPolicy {
        filters: config.filters_config.iter().map(filter).collect(),
        tier: tier.map(|tier| GuardrailContextualGroundingTier {
            tier_name: tier.tier_name,
        }),
    }
}

fn filter(config: &GuardrailContextualGroundingFilterConfig) -> GuardrailContextualGroundingFilter {
    GuardrailContextualGroundingFilter {
        action: config.action,
        enabled: config.enabled,
        threshold: config.threshold,
        r#type: config.r#type,
    }
}
