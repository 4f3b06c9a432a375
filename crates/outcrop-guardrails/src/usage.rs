//! What an assessment is counted as.

use bedrock_runtime_smithy::model::{
    GuardrailCoverage, GuardrailImageCoverage, GuardrailTextCharactersCoverage, GuardrailUsage,
};

use crate::content::{Content, Qualifier};
use crate::plan::Plan;
use crate::text::{characters, units};

/// What a request has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    /// Characters that policies apply to.
    pub(crate) guarded: usize,
    /// All characters.
    pub(crate) total: usize,
    /// Images.
    pub(crate) images: usize,
    /// Characters of sources and queries.
    pub(crate) reference: usize,
}

impl Amount {
    /// What `content` has.
    pub(crate) fn of(content: &[Content<'_>]) -> Self {
        let mut amount = Self::default();
        for piece in content {
            let size = piece.whole().map_or(0, characters);
            amount.total += size;
            amount.guarded += piece.guarded().map_or(0, characters);
            amount.images += usize::from(matches!(piece, Content::Image(_)));
            let refers = piece.serving(Qualifier::GroundingSource).is_some()
                || piece.serving(Qualifier::Query).is_some();
            amount.reference += if refers { size } else { 0 };
        }
        amount
    }
}

/// The units that each policy of `plan` used. A policy that is not there used none; where nothing of a text is
/// guarded, its policies used what the whole text is (recorded: 1 unit for 0 of 70 characters).
pub(crate) fn usage(plan: &Plan, amount: Amount, grounded: bool) -> GuardrailUsage {
    let text = units(if amount.guarded > 0 {
        amount.guarded
    } else {
        amount.total
    });
    let used = |on: bool, units: i32| Some(if on { units } else { 0 });
    let reasoning = plan
        .reasoning
        .as_ref()
        .map_or(0, |reasoning| reasoning.policies.len());
    let images = if plan.filters.iter().any(|filter| filter.image) {
        count(amount.images)
    } else {
        0
    };
    GuardrailUsage {
        automated_reasoning_policies: Some(count(reasoning)),
        automated_reasoning_policy_units: used(reasoning > 0, text),
        content_policy_image_units: Some(images),
        content_policy_units: used(plan.filters.iter().any(|filter| filter.text), text),
        contextual_grounding_policy_units: used(grounded, units(amount.guarded + amount.reference)),
        sensitive_information_policy_free_units: used(!plan.regexes.is_empty(), text),
        sensitive_information_policy_units: used(!plan.entities.is_empty(), text),
        topic_policy_units: used(!plan.topics.is_empty(), text),
        word_policy_units: used(plan.words.is_some(), text),
    }
}

/// What the guardrail covered. Images are covered where a filter is for them.
pub(crate) fn coverage(plan: &Plan, amount: Amount) -> GuardrailCoverage {
    let guarded = if plan.filters.iter().any(|filter| filter.image) {
        amount.images
    } else {
        0
    };
    GuardrailCoverage {
        images: (amount.images > 0).then(|| GuardrailImageCoverage {
            guarded: Some(count(guarded)),
            total: Some(count(amount.images)),
        }),
        text_characters: Some(GuardrailTextCharactersCoverage {
            guarded: Some(count(amount.guarded)),
            total: Some(count(amount.total)),
        }),
    }
}

fn count(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
