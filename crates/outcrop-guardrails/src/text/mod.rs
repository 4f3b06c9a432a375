//! Text, as every policy reads it.

mod segment;
mod stem;
mod stopwords;
mod tokens;
mod units;

pub(crate) use segment::{next_segment, segments};
pub(crate) use stem::stem;
pub(crate) use stopwords::weight;
pub(crate) use tokens::{Token, stems, tokens};
pub(crate) use units::{characters, units};

/// The largest character boundary that is not above `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The smallest character boundary that is not below `at`.
pub(crate) fn ceil(text: &str, at: usize) -> usize {
    let mut at = at;
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The text between two byte offsets; empty where they are none.
pub(crate) fn slice(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}
