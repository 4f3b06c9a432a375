//! The lexicons, one for each category.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::pattern::{Classes, Patterns};
use crate::policy::FilterType;
use crate::text::Token;

/// The vectors of prompt attacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Attack {
    /// Talking a model out of its rules.
    Jailbreak,
    /// Instructions that replace those of the application.
    Injection,
    /// Reading the system prompt.
    Leakage,
}

impl Attack {
    const ALL: [Self; 3] = [Self::Jailbreak, Self::Injection, Self::Leakage];
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key {
    Filter(FilterType),
    Attack(Attack),
}

const FILES: [(Key, &str); 8] = [
    (
        Key::Filter(FilterType::Hate),
        include_str!("../../data/lexicon/hate.txt"),
    ),
    (
        Key::Filter(FilterType::Insults),
        include_str!("../../data/lexicon/insults.txt"),
    ),
    (
        Key::Filter(FilterType::Sexual),
        include_str!("../../data/lexicon/sexual.txt"),
    ),
    (
        Key::Filter(FilterType::Violence),
        include_str!("../../data/lexicon/violence.txt"),
    ),
    (
        Key::Filter(FilterType::Misconduct),
        include_str!("../../data/lexicon/misconduct.txt"),
    ),
    (
        Key::Attack(Attack::Jailbreak),
        include_str!("../../data/lexicon/jailbreak.txt"),
    ),
    (
        Key::Attack(Attack::Injection),
        include_str!("../../data/lexicon/prompt_injection.txt"),
    ),
    (
        Key::Attack(Attack::Leakage),
        include_str!("../../data/lexicon/prompt_leakage.txt"),
    ),
];

static LEXICONS: LazyLock<HashMap<Key, Patterns>> = LazyLock::new(|| {
    let classes = Classes::parse(include_str!("../../data/lexicon/classes.txt"));
    FILES
        .iter()
        .map(|(key, lines)| (*key, Patterns::parse(lines, &classes)))
        .collect()
});

/// How much a text of these words belongs to the category, from 0 to 1.
pub(crate) fn score(kind: FilterType, tokens: &[Token]) -> f64 {
    if kind == FilterType::PromptAttack {
        let scores = Attack::ALL.map(|attack| attack_score(attack, tokens));
        return scores.into_iter().fold(0.0, f64::max);
    }
    of(Key::Filter(kind), tokens)
}

/// How much a text of these words is an attack of this kind, from 0 to 1.
pub(crate) fn attack_score(attack: Attack, tokens: &[Token]) -> f64 {
    of(Key::Attack(attack), tokens)
}

fn of(key: Key, tokens: &[Token]) -> f64 {
    LEXICONS
        .get(&key)
        .map_or(0.0, |patterns| patterns.score(tokens))
}
