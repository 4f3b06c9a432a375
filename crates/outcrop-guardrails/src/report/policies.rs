//! Topics, content filters, words and grounding.

use bedrock_runtime_smithy::model::{
    GuardrailContentFilter, GuardrailContentFilterConfidence as WireConfidence,
    GuardrailContentFilterStrength as WireStrength, GuardrailContentFilterType as WireFilter,
    GuardrailContentPolicyAction, GuardrailContentPolicyAssessment,
    GuardrailContextualGroundingFilter, GuardrailContextualGroundingFilterType,
    GuardrailContextualGroundingPolicyAction, GuardrailContextualGroundingPolicyAssessment,
    GuardrailCustomWord, GuardrailManagedWord, GuardrailManagedWordType, GuardrailTopic,
    GuardrailTopicPolicyAction, GuardrailTopicPolicyAssessment, GuardrailTopicType,
    GuardrailWordPolicyAction, GuardrailWordPolicyAssessment,
};

use super::{Findings, Scope, some};
use crate::finding::Kind;
use crate::plan::Plan;
use crate::policy::{Action, Confidence, FilterType, GroundingFilter, GroundingType, Strength};
use crate::words::WordMatch;

pub(super) fn topics(
    plan: &Plan,
    found: &Findings,
    scope: Scope,
) -> Option<GuardrailTopicPolicyAssessment> {
    let told = plan.topics.iter().enumerate().filter_map(|(index, topic)| {
        let kind = Kind::Topic(index);
        let detected = found.list.iter().any(|finding| finding.kind == kind);
        (detected || scope == Scope::Full).then(|| GuardrailTopic {
            action: Some(if detected && topic.action != Action::None {
                GuardrailTopicPolicyAction::Blocked
            } else {
                GuardrailTopicPolicyAction::None
            }),
            detected: Some(detected),
            name: Some(topic.name.clone()),
            r#type: Some(GuardrailTopicType::Deny),
        })
    });
    let topics = some(told.collect())?;
    Some(GuardrailTopicPolicyAssessment {
        topics: Some(topics),
    })
}

pub(super) fn content(
    plan: &Plan,
    found: &Findings,
    scope: Scope,
) -> Option<GuardrailContentPolicyAssessment> {
    let told = plan
        .filters
        .iter()
        .enumerate()
        .filter_map(|(index, filter)| {
            let confidences = found.list.iter().filter_map(|finding| match finding.kind {
                Kind::Filter(own, confidence) if own == index => Some(confidence),
                _ => None,
            });
            let confidence = confidences.max().unwrap_or_default();
            let detected = filter.detects(confidence);
            (detected || scope == Scope::Full).then(|| GuardrailContentFilter {
                action: Some(if detected && filter.action != Action::None {
                    GuardrailContentPolicyAction::Blocked
                } else {
                    GuardrailContentPolicyAction::None
                }),
                confidence: Some(wire_confidence(confidence)),
                detected: Some(detected),
                filter_strength: Some(wire_strength(filter.strength)),
                r#type: Some(wire_filter(filter.kind)),
            })
        });
    let filters = some(told.collect())?;
    Some(GuardrailContentPolicyAssessment {
        filters: Some(filters),
    })
}

/// Each word once, as it stands in the text. The full scope does not apply to words.
pub(super) fn words(found: &Findings) -> Option<GuardrailWordPolicyAssessment> {
    let mut told: Vec<&WordMatch> = Vec::new();
    for finding in &found.list {
        if let Kind::Word(word) = &finding.kind
            && !told.contains(&word)
        {
            told.push(word);
        }
    }
    let (managed, custom): (Vec<&WordMatch>, Vec<&WordMatch>) =
        told.into_iter().partition(|word| word.managed.is_some());
    if managed.is_empty() && custom.is_empty() {
        return None;
    }
    let custom = custom.into_iter().map(|word| GuardrailCustomWord {
        action: Some(word_action(word)),
        detected: Some(true),
        r#match: Some(word.text.clone()),
    });
    let managed = managed.into_iter().map(|word| GuardrailManagedWord {
        action: Some(word_action(word)),
        detected: Some(true),
        r#match: Some(word.text.clone()),
        r#type: Some(GuardrailManagedWordType::Profanity),
    });
    Some(GuardrailWordPolicyAssessment {
        custom_words: some(custom.collect()),
        managed_word_lists: some(managed.collect()),
    })
}

fn word_action(word: &WordMatch) -> GuardrailWordPolicyAction {
    if word.action == Action::None {
        GuardrailWordPolicyAction::None
    } else {
        GuardrailWordPolicyAction::Blocked
    }
}

/// Every filter that was evaluated, passed or not (recorded).
pub(super) fn grounding(
    plan: &Plan,
    found: &Findings,
) -> Option<GuardrailContextualGroundingPolicyAssessment> {
    let told = plan.grounding.iter().filter_map(|filter| {
        let score = score(filter, found)?;
        let detected = score < filter.threshold;
        Some(GuardrailContextualGroundingFilter {
            action: Some(if detected && filter.action != Action::None {
                GuardrailContextualGroundingPolicyAction::Blocked
            } else {
                GuardrailContextualGroundingPolicyAction::None
            }),
            detected: Some(detected),
            score: Some(score),
            threshold: Some(filter.threshold),
            r#type: Some(match filter.kind {
                GroundingType::Grounding => GuardrailContextualGroundingFilterType::Grounding,
                GroundingType::Relevance => GuardrailContextualGroundingFilterType::Relevance,
            }),
        })
    });
    let filters = some(told.collect())?;
    Some(GuardrailContextualGroundingPolicyAssessment {
        filters: Some(filters),
    })
}

/// The filters whose score is below the threshold.
pub(super) fn failed<'a>(plan: &'a Plan, found: &Findings) -> Vec<&'a GroundingFilter> {
    let filters = plan.grounding.iter();
    filters
        .filter(|filter| score(filter, found).is_some_and(|score| score < filter.threshold))
        .collect()
}

fn score(filter: &GroundingFilter, found: &Findings) -> Option<f64> {
    let scores = found.scores.iter();
    scores
        .filter(|(kind, _)| *kind == filter.kind)
        .map(|(_, score)| *score)
        .next()
}

fn wire_confidence(confidence: Confidence) -> WireConfidence {
    match confidence {
        Confidence::None => WireConfidence::None,
        Confidence::Low => WireConfidence::Low,
        Confidence::Medium => WireConfidence::Medium,
        Confidence::High => WireConfidence::High,
    }
}

fn wire_strength(strength: Strength) -> WireStrength {
    match strength {
        Strength::None => WireStrength::None,
        Strength::Low => WireStrength::Low,
        Strength::Medium => WireStrength::Medium,
        Strength::High => WireStrength::High,
    }
}

fn wire_filter(kind: FilterType) -> WireFilter {
    match kind {
        FilterType::Hate => WireFilter::Hate,
        FilterType::Insults => WireFilter::Insults,
        FilterType::Sexual => WireFilter::Sexual,
        FilterType::Violence => WireFilter::Violence,
        FilterType::Misconduct => WireFilter::Misconduct,
        FilterType::PromptAttack => WireFilter::PromptAttack,
    }
}
