//! Denied topics.

use bedrock_smithy::model::{
    GuardrailTopic, GuardrailTopicConfig, GuardrailTopicPolicy, GuardrailTopicPolicyConfig,
    GuardrailTopicsTier, GuardrailTopicsTierName,
};

use super::{has_duplicates, refuse};
use crate::error::ControlError;

/// A definition has at most 1,000 characters in the standard tier, and 200 in the classic one (the user guide, "Safeguard tiers
/// for guardrails policies").
pub(super) fn check(config: &GuardrailTopicPolicyConfig) -> Result<(), ControlError> {
    let names = config.topics_config.iter().map(|topic| &topic.name);
    refuse(
        has_duplicates(names),
        "Topic policy topic names are not unique",
    )?;
    let most = if is_standard(config) { 1000 } else { 200 };
    let long = |topic: &GuardrailTopicConfig| topic.definition.chars().count() > most;
    match config.topics_config.iter().position(long) {
        None => Ok(()),
        Some(index) => Err(ControlError::Validation(too_long(index, most))),
    }
}

/// The words are those of a member that the model restricts: what the service says where its tier decides is not known.
fn too_long(index: usize, most: usize) -> String {
    format!(
        "1 validation error detected: Value at 'topicPolicyConfig.topicsConfig.{}.member.definition' failed to satisfy constraint: \
         Member must have length less than or equal to {most}",
        index + 1
    )
}

pub(super) fn is_standard(config: &GuardrailTopicPolicyConfig) -> bool {
    let tier = config.tier_config.as_ref();
    tier.is_some_and(|tier| tier.tier_name == GuardrailTopicsTierName::Standard)
}

pub(in super::super) fn described(config: GuardrailTopicPolicyConfig) -> GuardrailTopicPolicy {
    GuardrailTopicPolicy {
        tier: config.tier_config.map(|tier| GuardrailTopicsTier {
            tier_name: tier.tier_name,
        }),
        topics: config.topics_config.into_iter().map(topic).collect(),
    }
}

fn topic(config: GuardrailTopicConfig) -> GuardrailTopic {
    GuardrailTopic {
        definition: config.definition,
        examples: config.examples,
        input_action: config.input_action,
        input_enabled: config.input_enabled,
        name: config.name,
        output_action: config.output_action,
        output_enabled: config.output_enabled,
        r#type: Some(config.r#type),
    }
}
