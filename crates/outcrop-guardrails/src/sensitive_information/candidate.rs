//! What a pattern matched, before anybody believes it.

use crate::text::{ceil, floor, slice};

/// How far context goes, in bytes.
const CONTEXT: usize = 56;

/// A match with the text around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    /// What the pattern matched.
    pub(super) text: &'a str,
    /// What stands before it, from the same text.
    pub(super) before: &'a str,
    /// What follows it in the same segment.
    pub(super) after: &'a str,
}

/// A candidate that a rule believes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    /// How sure the rule is, from 0 to 1.
    pub(super) confidence: f64,
    /// The bytes of the candidate that belong to it.
    pub(super) bytes: usize,
}

impl<'a> Candidate<'a> {
    /// The match from `start` to `end` of `text`, in a segment that ends at `segment_end`.
    pub(super) fn new(text: &'a str, start: usize, end: usize, segment_end: usize) -> Self {
        let before = ceil(text, start.saturating_sub(CONTEXT));
        let after = floor(text, (end + CONTEXT).min(segment_end));
        Self {
            text: slice(text, start, end),
            before: slice(text, before, start),
            after: slice(text, end, after),
        }
    }

    /// The digits of the match.
    pub(super) fn digits(&self) -> Vec<u8> {
        self.text
            .bytes()
            .filter(u8::is_ascii_digit)
            .map(|byte| byte - b'0')
            .collect()
    }

    /// Whether one of `words`, which are in lower case, stands before the match or right after it.
    pub(super) fn near(&self, words: &[&str]) -> bool {
        self.follows(words) || contains(self.after, words)
    }

    /// Whether one of `words` stands before the match.
    pub(super) fn follows(&self, words: &[&str]) -> bool {
        contains(self.before, words)
    }

    /// All of the match, believed this much.
    pub(super) fn hit(&self, confidence: f64) -> Option<Hit> {
        let bytes = self.text.len();
        (bytes > 0).then_some(Hit { confidence, bytes })
    }

    /// All of the match, believed this much where `holds`.
    pub(super) fn hit_if(&self, holds: bool, confidence: f64) -> Option<Hit> {
        if holds { self.hit(confidence) } else { None }
    }
}

/// Believed as it is.
pub(super) fn certain(candidate: &Candidate<'_>) -> Option<Hit> {
    candidate.hit(0.95)
}

/// Whether `text` has one of `words` as a whole word or the start of one after a boundary.
fn contains(text: &str, words: &[&str]) -> bool {
    let text = text.to_lowercase();
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, found)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            let after = text
                .get(at + found.len()..)
                .and_then(|after| after.chars().next());
            !before.is_some_and(char::is_alphanumeric)
                && !after.is_some_and(|after| after.is_alphanumeric() && after != 's')
        })
    })
}
