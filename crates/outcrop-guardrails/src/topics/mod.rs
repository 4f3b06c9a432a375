//! Denied topics: how much of what a text says belongs to one.
//!
//! Without a judge it is a comparison of words. A segment is compared with the topic's name and definition
//! together, and with each example. The score is the share of the segment's telling words that the topic has,
//! words of the name counting twice; a topic is talked about from [`THRESHOLD`] on.

use std::collections::HashMap;

use crate::policy::{Action, Direction, Policy, Topic};
use crate::text::{Token, stems, weight};

/// The score from which on a topic is talked about.
pub(crate) const THRESHOLD: f64 = 0.4;

/// The least weight of shared words: one that tells its subject, or several that tell little.
const LEAST: f64 = 0.9;

/// What a word of the topic's name counts.
const NAMED: f64 = 2.0;

/// A topic in one direction.
#[derive(Debug, Clone)]
pub(crate) struct TopicRule {
    pub(crate) name: String,
    pub(crate) action: Action,
    /// The topic as it was given.
    pub(crate) given: Topic,
    /// Bags of stems, with what each counts.
    bags: Vec<HashMap<String, f64>>,
}

/// The topics that are on in `direction`, in the order of the policy.
pub(crate) fn compile(policy: &Policy, direction: Direction) -> Vec<TopicRule> {
    let on = policy.topics.iter().filter_map(|topic| {
        let action = topic.directions.action(direction, Action::Block)?;
        let mut described = bag(&topic.definition, 1.0);
        described.extend(bag(&spaced(&topic.name), NAMED));
        let examples = topic.examples.iter().map(|example| bag(example, 1.0));
        Some(TopicRule {
            name: topic.name.clone(),
            action,
            given: topic.clone(),
            bags: std::iter::once(described).chain(examples).collect(),
        })
    });
    on.collect()
}

impl TopicRule {
    /// A topic of which no more than the name is known.
    pub(crate) fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            action: Action::Block,
            given: Topic {
                name: name.to_owned(),
                ..Topic::default()
            },
            bags: Vec::new(),
        }
    }

    /// Whether a text of these words is about the topic.
    pub(crate) fn detects(&self, tokens: &[Token]) -> bool {
        self.score(tokens) >= THRESHOLD
    }

    /// How much of a text of these words belongs to the topic, from 0 to 1.
    pub(crate) fn score(&self, tokens: &[Token]) -> f64 {
        let mut own: Vec<&str> = tokens.iter().map(|token| token.stem.as_str()).collect();
        own.sort_unstable();
        own.dedup();
        let scores = self.bags.iter().map(|bag| overlap(bag, &own));
        scores.fold(0.0, f64::max)
    }
}

fn overlap(bag: &HashMap<String, f64>, own: &[&str]) -> f64 {
    let (mut all, mut shared) = (0.0, 0.0);
    for stem in own {
        let value = weight(stem).value();
        let counted = bag.get(*stem).map(|times| value * times);
        all += counted.unwrap_or(value);
        shared += counted.unwrap_or(0.0);
    }
    if shared < LEAST { 0.0 } else { shared / all }
}

fn bag(text: &str, times: f64) -> HashMap<String, f64> {
    stems(text).into_iter().map(|stem| (stem, times)).collect()
}

/// `InvestmentObjectives` in words.
fn spaced(name: &str) -> String {
    let mut spaced = String::new();
    let mut lower = false;
    for character in name.chars() {
        if lower && character.is_uppercase() {
            spaced.push(' ');
        }
        lower = character.is_lowercase();
        spaced.push(if matches!(character, '_' | '-') {
            ' '
        } else {
            character
        });
    }
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn topic(name: &str, definition: &str, examples: &[&str]) -> TopicRule {
        let policy = Policy {
            topics: vec![Topic {
                name: name.into(),
                definition: definition.into(),
                examples: examples.iter().map(|&example| example.into()).collect(),
                ..Topic::default()
            }],
            ..Policy::default()
        };
        compile(&policy, Direction::Input).remove(0)
    }

    #[test]
    fn topics_are_found_and_others_are_not() {
        let invest = topic(
            "InvestmentObjectives",
            "Advice about stocks, bonds, funds or other investments and their returns.",
            &["Should I buy gold?", "Which stocks will rise?"],
        );
        let weather = topic("Weather", "Forecasts and conditions of the weather.", &[]);
        let medical = topic(
            "Medical Advice",
            "Diagnosis, treatment or medication for an illness.",
            &["What should I take for a headache?"],
        );
        let table = [
            (&invest, "Give stock suggestions for the NASDAQ100.", true),
            (&invest, "Should I buy gold now?", true),
            (&invest, "Are bonds a good investment?", true),
            (&invest, "Who is the president of USA?", false),
            (
                &invest,
                "Please give me some advice on cooking pasta",
                false,
            ),
            (&weather, "What is the weather like in Paris today?", true),
            (&weather, "What is the capital of France?", false),
            (&medical, "Which treatment is there for this illness?", true),
            (&medical, "Please advise me on my garden", false),
        ];
        for (topic, text, expected) in table {
            let score = topic.score(&tokens(text));
            assert_eq!(
                topic.detects(&tokens(text)),
                expected,
                "{}: {text}: {score}",
                topic.name
            );
        }
    }
}
