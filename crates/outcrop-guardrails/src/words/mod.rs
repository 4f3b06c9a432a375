//! Word filters: custom words and phrases, and the managed list of profanity.
//!
//! A word matches whole and in any case; runs of spaces count as one. Beside a script that is written without
//! spaces there are no whole words, and it matches anywhere.

mod fold;
mod profanity;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use crate::policy::{Action, Direction, ManagedWordType, Policy};
use crate::text::slice;
use fold::{Folded, fold};

/// The words of one direction.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    finder: AhoCorasick,
    entries: Vec<Entry>,
    /// Bytes that the longest match may take, and the characters beside it.
    reach: usize,
}

#[derive(Debug, Clone)]
struct Entry {
    managed: Option<ManagedWordType>,
    action: Action,
}

/// A word that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordMatch {
    /// As it stands in the text.
    pub(crate) text: String,
    /// The list that it is from, unless it is a custom word.
    pub(crate) managed: Option<ManagedWordType>,
    /// What it leads to.
    pub(crate) action: Action,
}

/// How much longer a text can be than a word it matches: case and spaces.
const STRETCH: usize = 4;

impl Words {
    /// The words that `policy` has for `direction`; nothing where it has none.
    pub(crate) fn compile(policy: &Policy, direction: Direction) -> Option<Self> {
        let mut patterns = Vec::new();
        let mut entries = Vec::new();
        for word in &policy.words {
            if let Some(action) = word.directions.action(direction, Action::Block) {
                patterns.push(fold(word.text.trim(), 0).text);
                entries.push(Entry {
                    managed: None,
                    action,
                });
            }
        }
        for list in &policy.managed_word_lists {
            let Some(action) = list.directions.action(direction, Action::Block) else {
                continue;
            };
            for word in profanity::words() {
                patterns.push(word.to_owned());
                entries.push(Entry {
                    managed: Some(list.kind),
                    action,
                });
            }
        }
        let used = patterns.iter().any(|pattern| !pattern.is_empty());
        let finder = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(&patterns)
            .ok()?;
        let longest = patterns.iter().map(String::len).max().unwrap_or(0);
        used.then_some(Self {
            finder,
            entries,
            reach: longest * STRETCH + 8,
        })
    }

    /// Tells `found` where words start and end in `text`, from `cursor` on, and moves `cursor` behind the text
    /// that needs no second look. Without `last`, text that more of it could change waits.
    pub(crate) fn scan(
        &self,
        text: &str,
        cursor: &mut usize,
        last: bool,
        mut found: impl FnMut(usize, usize, WordMatch),
    ) {
        let until = if last {
            text.len()
        } else {
            crate::text::floor(text, text.len().saturating_sub(self.reach))
        };
        if until <= *cursor {
            return;
        }
        let folded = fold(slice(text, *cursor, text.len()), *cursor);
        for matched in self.finder.find_overlapping_iter(&folded.text) {
            let (Some((start, end)), Some(entry)) = (
                folded.place(matched.start(), matched.end()),
                self.entries.get(matched.pattern().as_usize()),
            ) else {
                continue;
            };
            if start < end
                && start < until
                && end - start <= self.reach
                && is_whole(text, start, end)
            {
                let text = slice(text, start, end).to_owned();
                found(start, end, entry.matched(text));
            }
        }
        *cursor = until;
    }
}

impl Entry {
    fn matched(&self, text: String) -> WordMatch {
        WordMatch {
            text,
            managed: self.managed,
            action: self.action,
        }
    }
}

/// Whether the match is no part of a longer word.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let before = slice(text, 0, start).chars().next_back();
    let after = slice(text, end, text.len()).chars().next();
    let matched = slice(text, start, end);
    let joins = |outside: Option<char>, inside: Option<char>| {
        outside
            .zip(inside)
            .is_some_and(|(outside, inside)| Folded::is_word(outside) && Folded::is_word(inside))
    };
    !joins(before, matched.chars().next()) && !joins(after, matched.chars().next_back())
}

#[cfg(test)]
mod tests;
