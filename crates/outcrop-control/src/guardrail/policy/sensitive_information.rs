//! Personal information, and what regular expressions match.

use bedrock_smithy::model::{
    GuardrailPiiEntity, GuardrailPiiEntityConfig, GuardrailRegex, GuardrailRegexConfig,
    GuardrailSensitiveInformationPolicy, GuardrailSensitiveInformationPolicyConfig,
};
use regex::Regex;

use super::{has_duplicates, refuse};
use crate::error::ControlError;

pub(super) fn check(
    config: &GuardrailSensitiveInformationPolicyConfig,
) -> Result<(), ControlError> {
    let entities = config.pii_entities_config.as_deref().unwrap_or_default();
    let regexes = config.regexes_config.as_deref().unwrap_or_default();
    // The text is ours, after that of word policies.
    refuse(
        entities.is_empty() && regexes.is_empty(),
        "This Sensitive Information policy must have at least one configuration.",
    )?;
    refuse(
        has_duplicates(entities.iter().map(|entity| entity.r#type)),
        "The PII entity configs cannot have duplicates",
    )?;
    // The text is ours.
    refuse(
        has_duplicates(regexes.iter().map(|regex| &regex.name)),
        "The regex configs cannot have duplicates",
    )?;
    regexes.iter().try_for_each(compiles)
}

/// The service has no look-around either (the user guide, "Remove PII from conversations"). The text is ours.
fn compiles(config: &GuardrailRegexConfig) -> Result<(), ControlError> {
    Regex::new(&config.pattern)
        .map(|_| ())
        .map_err(|_invalid| {
            ControlError::Validation(format!(
                "The pattern of the regex {} is invalid. Correct it, and leave out look-around, which is not supported.",
                config.name
            ))
        })
}

pub(in super::super) fn described(
    config: GuardrailSensitiveInformationPolicyConfig,
) -> GuardrailSensitiveInformationPolicy {
    let entities = config.pii_entities_config;
    let regexes = config.regexes_config;
    GuardrailSensitiveInformationPolicy {
        pii_entities: entities.map(|entities| entities.iter().map(entity).collect()),
        regexes: regexes.map(|regexes| regexes.into_iter().map(regex).collect()),
    }
}

fn entity(config: &GuardrailPiiEntityConfig) -> GuardrailPiiEntity {
    GuardrailPiiEntity {
        action: config.action,
        input_action: config.input_action,
        input_enabled: config.input_enabled,
        output_action: config.output_action,
        output_enabled: config.output_enabled,
        r#type: config.r#type,
    }
}

fn regex(config: GuardrailRegexConfig) -> GuardrailRegex {
    GuardrailRegex {
        action: config.action,
        description: config.description,
        input_action: config.input_action,
        input_enabled: config.input_enabled,
        name: config.name,
        output_action: config.output_action,
        output_enabled: config.output_enabled,
        pattern: config.pattern,
    }
}
