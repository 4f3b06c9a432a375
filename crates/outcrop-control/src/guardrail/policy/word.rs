//! Words, and lists of words that the service keeps.

use bedrock_smithy::model::{
    GuardrailManagedWords, GuardrailManagedWordsConfig, GuardrailWord, GuardrailWordConfig,
    GuardrailWordPolicy, GuardrailWordPolicyConfig,
};

use super::{has_duplicates, refuse};
use crate::error::ControlError;

pub(super) fn check(config: &GuardrailWordPolicyConfig) -> Result<(), ControlError> {
    let words = config.words_config.as_deref().unwrap_or_default();
    let lists = config
        .managed_word_lists_config
        .as_deref()
        .unwrap_or_default();
    refuse(
        words.is_empty() && lists.is_empty(),
        "This Word policy must have at least one configuration.",
    )?;
    // The text is ours.
    refuse(
        has_duplicates(words.iter().map(|word| &word.text)),
        "Words cannot have duplicates",
    )?;
    refuse(
        has_duplicates(lists.iter().map(|list| &list.r#type)),
        "Managed words cannot have duplicates",
    )
}

pub(in super::super) fn described(config: GuardrailWordPolicyConfig) -> GuardrailWordPolicy {
    let lists = config.managed_word_lists_config;
    let words = config.words_config;
    GuardrailWordPolicy {
        managed_word_lists: lists.map(|lists| lists.iter().map(list).collect()),
        words: words.map(|words| words.into_iter().map(word).collect()),
    }
}

fn list(config: &GuardrailManagedWordsConfig) -> GuardrailManagedWords {
    GuardrailManagedWords {
        input_action: config.input_action,
        input_enabled: config.input_enabled,
        output_action: config.output_action,
        output_enabled: config.output_enabled,
        r#type: config.r#type,
    }
}

fn word(config: GuardrailWordConfig) -> GuardrailWord {
    GuardrailWord {
        input_action: config.input_action,
        input_enabled: config.input_enabled,
        output_action: config.output_action,
        output_enabled: config.output_enabled,
        text: config.text,
    }
}
