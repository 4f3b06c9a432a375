//! The policies of a stored guardrail, as they are evaluated.

use bedrock_smithy::{
    input::CreateGuardrailInput,
    model::{
        GuardrailContentFilterConfig, GuardrailContextualGroundingAction,
        GuardrailContextualGroundingFilterConfig, GuardrailModality, GuardrailPiiEntityConfig,
        GuardrailRegexConfig,
    },
};
use outcrop_engine::EngineError;
use outcrop_guardrails::policy::{
    ContentFilter, Directions, GroundingFilter, ManagedWordList, Modality, PiiEntity, Policy,
    RegexEntity, Topic, Word,
};

use super::named::{named, optional};

/// The four members that say what each direction does.
macro_rules! directions {
    ($config:expr) => {
        Directions {
            input_action: optional($config.input_action.as_ref().map(|own| own.as_str()))?,
            output_action: optional($config.output_action.as_ref().map(|own| own.as_str()))?,
            input_enabled: $config.input_enabled,
            output_enabled: $config.output_enabled,
        }
    };
}

/// Reads the policies of a request that made or changed a guardrail, but for those that are resources of their own.
pub(super) fn of(request: &CreateGuardrailInput) -> Result<Policy, EngineError> {
    let mut policy = Policy {
        blocked_input_messaging: request.blocked_input_messaging.clone(),
        blocked_outputs_messaging: request.blocked_outputs_messaging.clone(),
        ..Policy::default()
    };
    topics(request, &mut policy)?;
    content_filters(request, &mut policy)?;
    words(request, &mut policy)?;
    sensitive_information(request, &mut policy)?;
    if let Some(config) = &request.contextual_grounding_policy_config {
        let filters = config.filters_config.iter().map(grounding_filter);
        policy.contextual_grounding = filters.collect::<Result<_, _>>()?;
    }
    Ok(policy)
}

fn topics(request: &CreateGuardrailInput, policy: &mut Policy) -> Result<(), EngineError> {
    let Some(config) = &request.topic_policy_config else {
        return Ok(());
    };
    if let Some(tier) = &config.tier_config {
        policy.topics_tier = named(tier.tier_name.as_str())?;
    }
    let topics = config.topics_config.iter().map(|topic| {
        Ok(Topic {
            name: topic.name.clone(),
            definition: topic.definition.clone(),
            examples: topic.examples.clone().unwrap_or_default(),
            directions: directions!(topic),
        })
    });
    policy.topics = topics.collect::<Result<_, EngineError>>()?;
    Ok(())
}

fn content_filters(request: &CreateGuardrailInput, policy: &mut Policy) -> Result<(), EngineError> {
    let Some(config) = &request.content_policy_config else {
        return Ok(());
    };
    if let Some(tier) = &config.tier_config {
        policy.content_filters_tier = named(tier.tier_name.as_str())?;
    }
    let filters = config.filters_config.iter().map(content_filter);
    policy.content_filters = filters.collect::<Result<_, _>>()?;
    Ok(())
}

fn content_filter(config: &GuardrailContentFilterConfig) -> Result<ContentFilter, EngineError> {
    Ok(ContentFilter {
        kind: named(config.r#type.as_str())?,
        input_strength: named(config.input_strength.as_str())?,
        output_strength: named(config.output_strength.as_str())?,
        input_modalities: modalities(config.input_modalities.as_deref()),
        output_modalities: modalities(config.output_modalities.as_deref()),
        directions: directions!(config),
    })
}

fn modalities(modalities: Option<&[GuardrailModality]>) -> Vec<Modality> {
    let modalities = modalities.unwrap_or_default().iter();
    let modalities = modalities.map(|own| match own {
        GuardrailModality::Image => Modality::Image,
        GuardrailModality::Text => Modality::Text,
    });
    modalities.collect()
}

fn words(request: &CreateGuardrailInput, policy: &mut Policy) -> Result<(), EngineError> {
    let Some(config) = &request.word_policy_config else {
        return Ok(());
    };
    for word in config.words_config.iter().flatten() {
        policy.words.push(Word {
            text: word.text.clone(),
            directions: directions!(word),
        });
    }
    for list in config.managed_word_lists_config.iter().flatten() {
        policy.managed_word_lists.push(ManagedWordList {
            kind: named(list.r#type.as_str())?,
            directions: directions!(list),
        });
    }
    Ok(())
}

fn sensitive_information(
    request: &CreateGuardrailInput,
    policy: &mut Policy,
) -> Result<(), EngineError> {
    let Some(config) = &request.sensitive_information_policy_config else {
        return Ok(());
    };
    let entities = config.pii_entities_config.iter().flatten();
    policy.pii_entities = entities.map(pii_entity).collect::<Result<_, _>>()?;
    let regexes = config.regexes_config.iter().flatten();
    policy.regexes = regexes.map(regex).collect::<Result<_, _>>()?;
    Ok(())
}

fn pii_entity(config: &GuardrailPiiEntityConfig) -> Result<PiiEntity, EngineError> {
    Ok(PiiEntity {
        kind: named(config.r#type.as_str())?,
        action: named(config.action.as_str())?,
        directions: directions!(config),
    })
}

fn regex(config: &GuardrailRegexConfig) -> Result<RegexEntity, EngineError> {
    Ok(RegexEntity {
        name: config.name.clone(),
        description: config.description.clone(),
        pattern: config.pattern.clone(),
        action: named(config.action.as_str())?,
        directions: directions!(config),
    })
}

fn grounding_filter(
    config: &GuardrailContextualGroundingFilterConfig,
) -> Result<GroundingFilter, EngineError> {
    let action = config.action.as_ref();
    let action = optional(action.map(GuardrailContextualGroundingAction::as_str))?;
    Ok(GroundingFilter {
        kind: named(config.r#type.as_str())?,
        threshold: config.threshold,
        action: action.unwrap_or_default(),
        enabled: config.enabled.unwrap_or(true),
    })
}
