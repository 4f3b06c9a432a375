//! Searching text of which more may follow.
//!
//! What is found depends on the text alone and not on how it arrives: a search decides about a place only once
//! everything that it could reach from there is known, and it reaches a bounded way. Patterns that match no space
//! reach to the end of a word, others to the length of their longest match.

use regex_automata::Input;
use regex_automata::meta::Regex;
use regex_syntax::hir::{Class, Hir, HirKind};

use crate::text::{floor, slice};

/// The most bytes of a match; what would be longer is cut or not found.
const REACH: usize = 2048;

/// The least bytes that a search looks at, so that short patterns are searched in larger steps.
const STEP: usize = 128;

/// What look-around sees beyond a match: one character.
const AHEAD: usize = 4;

/// A pattern with how far it reaches.
#[derive(Debug, Clone)]
pub(crate) struct Search {
    regex: Regex,
    reach: Reach,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// To the end of a word.
    Word,
    /// This many bytes.
    Bytes(usize),
}

impl Search {
    /// A search for `regex`, which was compiled from `hir`.
    pub(super) fn new(regex: Regex, hir: &Hir) -> Self {
        let longest = hir.properties().maximum_len();
        let reach = if matches_space(hir) {
            let bytes = longest.unwrap_or(REACH).saturating_mul(2);
            Reach::Bytes(bytes.clamp(STEP, REACH))
        } else {
            Reach::Word
        };
        Self { regex, reach }
    }

    /// Tells `found` start and end of each match in `text` from `cursor` on, and moves `cursor` behind what is
    /// decided. Without `last`, text that more of it could change waits.
    pub(crate) fn scan(
        &self,
        text: &str,
        cursor: &mut usize,
        last: bool,
        mut found: impl FnMut(usize, usize),
    ) {
        match self.reach {
            Reach::Word => self.by_words(text, cursor, last, &mut found),
            Reach::Bytes(bytes) => self.by_bytes(bytes, text, cursor, last, &mut found),
        }
    }

    fn by_words(
        &self,
        text: &str,
        cursor: &mut usize,
        last: bool,
        found: &mut impl FnMut(usize, usize),
    ) {
        while let Some(end) = words_end(text, *cursor, last) {
            let mut at = *cursor;
            while let Some((from, to)) = self.first(text, at, end) {
                found(from, to);
                at = to;
            }
            *cursor = end;
        }
    }

    fn by_bytes(
        &self,
        bytes: usize,
        text: &str,
        cursor: &mut usize,
        last: bool,
        found: &mut impl FnMut(usize, usize),
    ) {
        while *cursor < text.len() && (last || *cursor + bytes + AHEAD <= text.len()) {
            let end = floor(text, *cursor + bytes);
            match self.first(text, *cursor, end) {
                // Far from the start the search has not seen as far as it may: it starts there anew.
                Some((from, _)) if from > *cursor && end < text.len() => *cursor = from,
                Some((from, to)) => {
                    found(from, to);
                    *cursor = to;
                }
                None if end == text.len() => *cursor = end,
                None => *cursor = floor(text, *cursor + bytes / 2),
            }
        }
    }

    /// The first match between `from` and `to` that is not empty.
    fn first(&self, text: &str, from: usize, to: usize) -> Option<(usize, usize)> {
        let mut at = from;
        while at < to {
            let found = self.regex.search(&Input::new(text).span(at..to))?;
            if found.start() < found.end() {
                return Some((found.start(), found.end()));
            }
            let next = slice(text, found.end(), to).chars().next()?;
            at = found.end() + next.len_utf8();
        }
        None
    }
}

/// The end of the last word from `from` on that is complete. A word that is too long is cut.
fn words_end(text: &str, from: usize, last: bool) -> Option<usize> {
    let (mut end, mut word) = (from, from);
    for (offset, character) in slice(text, from, text.len()).char_indices() {
        let next = from + offset + character.len_utf8();
        if character.is_whitespace() {
            (end, word) = (next, next);
        } else if next - word >= REACH {
            let whole = end > from;
            let known = last || next + AHEAD <= text.len();
            return match (whole, known) {
                (true, _) => Some(end),
                (false, true) => Some(next),
                (false, false) => None,
            };
        }
    }
    let end = if last { text.len() } else { end };
    (end > from).then_some(end)
}

/// Whether a match can have a space in it.
fn matches_space(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => false,
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).is_ok_and(|text| text.contains(char::is_whitespace))
        }
        HirKind::Class(Class::Unicode(class)) => class.iter().any(|range| {
            SPACES
                .iter()
                .any(|space| (range.start()..=range.end()).contains(space))
        }),
        HirKind::Class(Class::Bytes(_)) => true,
        HirKind::Repetition(repetition) => matches_space(&repetition.sub),
        HirKind::Capture(capture) => matches_space(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(matches_space),
    }
}

/// Unicode's white space.
const SPACES: [char; 25] = [
    '\t', '\n', '\u{b}', '\u{c}', '\r', ' ', '\u{85}', '\u{a0}', '\u{1680}', '\u{2000}',
    '\u{2001}', '\u{2002}', '\u{2003}', '\u{2004}', '\u{2005}', '\u{2006}', '\u{2007}', '\u{2008}',
    '\u{2009}', '\u{200a}', '\u{2028}', '\u{2029}', '\u{202f}', '\u{205f}', '\u{3000}',
];
