//! Content filters: how likely a text is harmful, by category.
//!
//! Without a judge it is a lexicon that says so: weighted patterns of words (`data/lexicon`). What matches in a
//! segment adds up to a score from 0 to 1, and the score is a confidence from 0.2, 0.5 and 0.8 on.

mod lexicon;
mod pattern;

use crate::content::Image;
use crate::judge::{Judge, Subject};
use crate::policy::{Action, Confidence, Direction, FilterType, Modality, Policy, Strength};
use crate::text::Token;
pub(crate) use lexicon::{Attack, attack_score, score};

/// A filter in one direction.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) kind: FilterType,
    pub(crate) strength: Strength,
    pub(crate) action: Action,
    pub(crate) text: bool,
    pub(crate) image: bool,
}

/// The filters that are on in `direction`, in the order of the policy.
pub(crate) fn compile(policy: &Policy, direction: Direction) -> Vec<Filter> {
    let on = policy.content_filters.iter().filter_map(|filter| {
        let (strength, action) = filter.applied(direction)?;
        Some(Filter {
            kind: filter.kind,
            strength,
            action,
            text: filter.covers(direction, Modality::Text),
            image: filter.covers(direction, Modality::Image),
        })
    });
    on.collect()
}

impl Filter {
    /// How likely a text of these words belongs to the category.
    pub(crate) fn confidence(&self, tokens: &[Token]) -> Confidence {
        if self.text {
            confidence(score(self.kind, tokens))
        } else {
            Confidence::None
        }
    }

    /// How likely an image does, which only a judge can say.
    pub(crate) fn image(
        &self,
        judge: Option<&dyn Judge>,
        direction: Direction,
        image: Image<'_>,
    ) -> Confidence {
        let Some(judge) = judge.filter(|_| self.image) else {
            return Confidence::None;
        };
        let verdict = judge.judge(&Subject::Image { direction, image });
        verdict.filters.get(&self.kind).copied().unwrap_or_default()
    }

    /// Whether the filter holds against `confidence`.
    pub(crate) fn detects(&self, confidence: Confidence) -> bool {
        self.strength.detects(confidence)
    }
}

/// The confidence of a score.
fn confidence(score: f64) -> Confidence {
    match score {
        high if high >= 0.8 => Confidence::High,
        medium if medium >= 0.5 => Confidence::Medium,
        low if low >= 0.2 => Confidence::Low,
        _ => Confidence::None,
    }
}

#[cfg(test)]
mod tests;
