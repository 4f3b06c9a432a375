//! Checks without a guardrail (`InvokeGuardrailChecks`): scores in place of actions.
//!
//! Severity scores are the lexicons' scores in steps of 0.2, as the service documents them; the confidence of
//! sensitive information is that of its rule.

mod sensitive_information;

use bedrock_runtime_smithy::model::{
    GuardrailChecksConfig, GuardrailChecksContentBlock,
    GuardrailChecksContentFilterCategory as Category, GuardrailChecksContentFilterResult,
    GuardrailChecksContentFilterResultEntry, GuardrailChecksContentFilterUsage,
    GuardrailChecksMessage, GuardrailChecksPromptAttackCategory, GuardrailChecksPromptAttackResult,
    GuardrailChecksPromptAttackResultEntry, GuardrailChecksPromptAttackUsage,
    GuardrailChecksResults, GuardrailChecksSensitiveInformationUsage, GuardrailChecksUsageResults,
};

use crate::content_filters::{Attack, attack_score, score};
use crate::policy::{Confidence, FilterType};
use crate::text::{Token, characters, segments, tokens, units};

/// Results and usage of the checks that `config` asks for, on all `messages`. What a judge says of categories (`judged`) counts in
/// place of the lexicon's score.
#[must_use]
pub fn check(
    messages: &[GuardrailChecksMessage],
    config: &GuardrailChecksConfig,
    judged: &[(FilterType, Confidence)],
) -> (GuardrailChecksResults, GuardrailChecksUsageResults) {
    let texts = || messages.iter().flat_map(texts);
    let subjects = config.content_filter.is_some() || config.prompt_attack.is_some();
    let read: Vec<_> = texts()
        .filter(|_| subjects)
        .flat_map(segments)
        .map(tokens)
        .collect();
    let units = units(texts().map(characters).sum());
    let results = GuardrailChecksResults {
        content_filter: config.content_filter.as_ref().map(|check| {
            let results = check.categories.iter().map(|config| {
                let kind = category(config.category);
                let known = judged.iter().find(|(judged, _)| *judged == kind);
                let severity_score = match known {
                    Some((_, confidence)) => of_confidence(*confidence),
                    None => severity(&read, |tokens| score(kind, tokens)),
                };
                GuardrailChecksContentFilterResultEntry {
                    category: config.category,
                    severity_score,
                }
            });
            GuardrailChecksContentFilterResult {
                results: results.collect(),
            }
        }),
        prompt_attack: config.prompt_attack.as_ref().map(|check| {
            let results = check.categories.iter().map(|config| {
                let attack = attack(config.category);
                GuardrailChecksPromptAttackResultEntry {
                    category: config.category,
                    severity_score: severity(&read, |tokens| attack_score(attack, tokens)),
                }
            });
            GuardrailChecksPromptAttackResult {
                results: results.collect(),
            }
        }),
        sensitive_information: config
            .sensitive_information
            .as_ref()
            .map(|check| sensitive_information::check(messages, check)),
    };
    (results, usage(config, units))
}

fn usage(config: &GuardrailChecksConfig, text_units: i32) -> GuardrailChecksUsageResults {
    GuardrailChecksUsageResults {
        content_filter: config
            .content_filter
            .as_ref()
            .map(|_| GuardrailChecksContentFilterUsage { text_units }),
        prompt_attack: config
            .prompt_attack
            .as_ref()
            .map(|_| GuardrailChecksPromptAttackUsage { text_units }),
        sensitive_information: config
            .sensitive_information
            .as_ref()
            .map(|_| GuardrailChecksSensitiveInformationUsage { text_units }),
    }
}

/// The texts of a message.
fn texts(message: &GuardrailChecksMessage) -> impl Iterator<Item = &str> {
    message
        .content
        .iter()
        .map(|GuardrailChecksContentBlock::Text(text)| text.as_str())
}

/// The highest score of a segment, in steps of 0.2.
fn severity(segments: &[Vec<Token>], score: impl Fn(&[Token]) -> f64) -> f64 {
    let highest = segments
        .iter()
        .map(|tokens| score(tokens))
        .fold(0.0, f64::max);
    (highest * 5.0).round() / 5.0
}

/// The score in the middle of what is taken for a confidence.
fn of_confidence(confidence: Confidence) -> f64 {
    match confidence {
        Confidence::None => 0.0,
        Confidence::Low => 0.4,
        Confidence::Medium => 0.6,
        Confidence::High => 1.0,
    }
}

/// The category of content filters that a category of checks is.
#[must_use]
pub fn category(category: Category) -> FilterType {
    match category {
        Category::Hate => FilterType::Hate,
        Category::Insults => FilterType::Insults,
        Category::Misconduct => FilterType::Misconduct,
        Category::Sexual => FilterType::Sexual,
        Category::Violence => FilterType::Violence,
    }
}

fn attack(category: GuardrailChecksPromptAttackCategory) -> Attack {
    match category {
        GuardrailChecksPromptAttackCategory::Jailbreak => Attack::Jailbreak,
        GuardrailChecksPromptAttackCategory::PromptInjection => Attack::Injection,
        GuardrailChecksPromptAttackCategory::PromptLeakage => Attack::Leakage,
    }
}

#[cfg(test)]
mod tests;
