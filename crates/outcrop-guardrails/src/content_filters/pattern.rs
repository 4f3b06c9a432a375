//! Patterns of words, as the files of a lexicon write them.

use std::collections::{HashMap, HashSet};

use crate::text::{Token, stem};

/// The words that a gap (`~`) can stand for.
const GAP: usize = 3;

/// Classes of words, by name.
#[derive(Debug, Default)]
pub(super) struct Classes(HashMap<&'static str, HashSet<String>>);

impl Classes {
    /// Reads lines of `name = word word …`.
    pub(super) fn parse(lines: &'static str) -> Self {
        let classes = content(lines).filter_map(|line| {
            let (name, words) = line.split_once('=')?;
            Some((name.trim(), words.split_whitespace().map(stem).collect()))
        });
        Self(classes.collect())
    }
}

/// Weighted patterns, found by the stem that they start with.
#[derive(Debug, Default)]
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    first: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Pattern {
    weight: f64,
    elements: Vec<Element>,
}

#[derive(Debug)]
enum Element {
    Word(HashSet<String>),
    Gap,
}

impl Patterns {
    /// Reads lines of `weight element element …`.
    pub(super) fn parse(lines: &'static str, classes: &Classes) -> Self {
        let mut parsed = Self::default();
        for line in content(lines) {
            let Some((Ok(weight), pattern)) = line
                .split_once(' ')
                .map(|(weight, rest)| (weight.parse(), rest))
            else {
                continue;
            };
            let elements: Vec<_> = pattern
                .split_whitespace()
                .map(|element| Element::parse(element, classes))
                .collect();
            if let Some(Element::Word(words)) = elements.first() {
                for word in words {
                    let starting = parsed.first.entry(word.clone()).or_default();
                    starting.push(parsed.patterns.len());
                }
            }
            parsed.patterns.push(Pattern { weight, elements });
        }
        parsed
    }

    /// What the patterns that match say together: 1 less the product of what each leaves open.
    pub(super) fn score(&self, tokens: &[Token]) -> f64 {
        let mut matched = HashSet::new();
        for (at, token) in tokens.iter().enumerate() {
            for index in self.first.get(&token.stem).into_iter().flatten() {
                let rest = tokens.get(at..).unwrap_or_default();
                if self
                    .patterns
                    .get(*index)
                    .is_some_and(|pattern| matches(&pattern.elements, rest))
                {
                    matched.insert(*index);
                }
            }
        }
        let open: f64 = self
            .patterns
            .iter()
            .enumerate()
            .filter(|(index, _)| matched.contains(index))
            .map(|(_, pattern)| 1.0 - pattern.weight)
            .product();
        1.0 - open
    }
}

impl Element {
    fn parse(element: &str, classes: &Classes) -> Self {
        if element == "~" {
            return Self::Gap;
        }
        let name = element
            .strip_prefix('{')
            .and_then(|element| element.strip_suffix('}'));
        match name {
            Some(name) => Self::Word(classes.0.get(name).cloned().unwrap_or_default()),
            None => Self::Word(element.split('|').map(stem).collect()),
        }
    }
}

fn matches(elements: &[Element], tokens: &[Token]) -> bool {
    match elements {
        [] => true,
        [Element::Gap, rest @ ..] => (0..=GAP.min(tokens.len()))
            .any(|skipped| matches(rest, tokens.get(skipped..).unwrap_or_default())),
        [Element::Word(words), rest @ ..] => tokens
            .split_first()
            .is_some_and(|(token, left)| words.contains(&token.stem) && matches(rest, left)),
    }
}

fn content(lines: &'static str) -> impl Iterator<Item = &'static str> {
    lines
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}
