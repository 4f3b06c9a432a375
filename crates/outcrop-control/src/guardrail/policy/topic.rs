//! Denied topics.

use bedrock_smithy::model::{
    GuardrailTopic, GuardrailTopicConfig, GuardrailTopicPolicy, GuardrailTopicPolicyConfig,
    GuardrailTopicsTier, GuardrailTopicsTierName,
};

use super::{has_duplicates, refuse};
use crate::error::ControlError;

pub(super) fn check(config: &GuardrailTopicPolicyConfig) -> Result<(), ControlError> {
    let names = config.topics_config.iter().map(|topic| &topic.name);
    refuse(
        has_duplicates(names),
        "Topic policy topic names are not unique",
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
