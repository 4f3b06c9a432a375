//! Contextual grounding: whether an answer is true to its source, and about its query.
//!
//! Without a judge both are overlaps of words, so they know nothing of negation or paraphrase. Grounding is, for
//! each segment of the answer, the share of its telling words that the best sentence of the source has, with a
//! smaller part for what all of the source has; segments count by their words. Relevance is the share of the
//! query's telling words that the answer has.

use std::collections::HashSet;

use crate::judge::{Judge, Subject};
use crate::policy::{GroundingFilter, GroundingType, Policy};
use crate::text::{segments, stems, weight};

/// The part of a score that the best sentence of the source makes; all of the source makes the rest.
const SENTENCE: f64 = 0.85;

/// What answers are compared with.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reference {
    source: String,
    query: String,
    sentences: Vec<HashSet<String>>,
    all: HashSet<String>,
    asked: HashSet<String>,
}

/// What has been seen of an answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress {
    answer: String,
    grounded: f64,
    words: f64,
    said: HashSet<String>,
}

/// The filters that are on.
pub(crate) fn compile(policy: &Policy) -> Vec<GroundingFilter> {
    let filters = policy.contextual_grounding.iter();
    filters.filter(|filter| filter.enabled).cloned().collect()
}

impl Progress {
    /// Goes on with another text of the same answer.
    pub(crate) fn add(&mut self, other: Self) {
        self.answer.push_str(&other.answer);
        self.grounded += other.grounded;
        self.words += other.words;
        self.said.extend(other.said);
    }
}

impl Reference {
    /// What answers to `query` from `source` are compared with; nothing unless there are both.
    pub(crate) fn new(source: &str, query: &str) -> Option<Self> {
        if source.trim().is_empty() || query.trim().is_empty() {
            return None;
        }
        Some(Self {
            sentences: segments(source)
                .map(|sentence| stems(sentence).into_iter().collect())
                .collect(),
            all: stems(source).into_iter().chain(stems(query)).collect(),
            asked: stems(query).into_iter().collect(),
            source: source.to_owned(),
            query: query.to_owned(),
        })
    }

    /// Takes the next segment of the answer into account.
    pub(crate) fn read(&self, progress: &mut Progress, segment: &str) {
        progress.answer.push_str(segment);
        let words: HashSet<String> = stems(segment).into_iter().collect();
        let total = total(&words);
        if total > 0.0 {
            let best = self
                .sentences
                .iter()
                .map(|sentence| shared(&words, sentence))
                .fold(0.0, f64::max);
            let all = shared(&words, &self.all);
            progress.grounded += SENTENCE * best + (1.0 - SENTENCE) * all;
            progress.words += total;
        }
        progress.said.extend(words);
    }

    /// The score of the answer that was read, from 0 to 1 with two digits. An answer that says nothing is
    /// grounded, and a query that asks nothing is answered.
    pub(crate) fn score(
        &self,
        progress: &Progress,
        kind: GroundingType,
        judge: Option<&dyn Judge>,
    ) -> f64 {
        let verdict = judge.map(|judge| {
            judge.judge(&Subject::Grounding {
                source: (&self.source).into(),
                query: (&self.query).into(),
                answer: (&progress.answer).into(),
            })
        });
        let judged = verdict.and_then(|verdict| match kind {
            GroundingType::Grounding => verdict.grounding,
            GroundingType::Relevance => verdict.relevance,
        });
        let score = judged.unwrap_or_else(|| match kind {
            GroundingType::Grounding => ratio(progress.grounded, progress.words),
            GroundingType::Relevance => {
                ratio(shared(&self.asked, &progress.said), total(&self.asked))
            }
        });
        (score.clamp(0.0, 1.0) * 100.0).round() / 100.0
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 1.0 }
}

fn total(words: &HashSet<String>) -> f64 {
    ordered(words).map(|word| weight(word).value()).sum()
}

fn shared(words: &HashSet<String>, others: &HashSet<String>) -> f64 {
    ordered(words)
        .filter(|word| others.contains(*word))
        .map(|word| weight(word).value())
        .sum()
}

/// Sums of floats depend on their order, and a score must not.
fn ordered(words: &HashSet<String>) -> impl Iterator<Item = &str> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    words.sort_unstable();
    words.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(source: &str, query: &str, answer: &str) -> (f64, f64) {
        let reference = Reference::new(source, query).unwrap();
        let mut progress = Progress::default();
        segments(answer).for_each(|segment| reference.read(&mut progress, segment));
        let score = |kind| reference.score(&progress, kind, None);
        (
            score(GroundingType::Grounding),
            score(GroundingType::Relevance),
        )
    }

    /// The example of the user guide.
    #[test]
    fn capitals_are_told_apart() {
        let source = "London is the capital of UK. Tokyo is the capital of Japan.";
        let query = "What is the capital of Japan?";
        assert_eq!(
            scores(source, query, "The capital of Japan is Tokyo."),
            (1.0, 1.0)
        );
        let (grounded, relevant) = scores(source, query, "The capital of Japan is London.");
        assert!(grounded < 0.75 && relevant > 0.9, "{grounded} {relevant}");
        let (grounded, relevant) = scores(source, query, "The capital of UK is London.");
        assert!(grounded > 0.9 && relevant < 0.75, "{grounded} {relevant}");
        assert_eq!(scores(source, query, "I like pink horses."), (0.0, 0.0));
    }

    #[test]
    fn it_takes_a_source_and_a_query() {
        assert!(Reference::new("", "What?").is_none() && Reference::new("x", " ").is_none());
    }
}
