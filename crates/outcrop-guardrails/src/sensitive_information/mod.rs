//! Sensitive information: types of personal information by rule, and the patterns of the guardrail's owner.

mod address;
mod bank;
mod canada;
mod candidate;
mod card;
mod checksum;
mod credentials;
mod network;
mod person;
mod phone;
mod regexes;
mod rule;
mod search;
mod uk;
mod us;
mod vehicle;

use crate::policy::{Action, Direction, EntityType, Policy};
use rule::Rules;

pub(crate) use regexes::{RegexRule, compile as compile_regexes};

/// A type of personal information in one direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entity {
    pub(crate) kind: EntityType,
    pub(crate) action: Action,
}

/// The types that are on in `direction`, in the order of the policy.
pub(crate) fn compile(policy: &Policy, direction: Direction) -> Vec<Entity> {
    let on = policy.pii_entities.iter().filter_map(|entity| {
        let action = entity.directions.action(direction, entity.action)?;
        Some(Entity {
            kind: entity.kind,
            action,
        })
    });
    on.collect()
}

/// Something personal, with where it stands in the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Found {
    pub(crate) kind: EntityType,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// How sure the rule is, from 0 to 1.
    pub(crate) confidence: f64,
}

/// What of `kinds` there is between `from` and `to` of `text`, in order. Where two overlap the surer one stays,
/// then the longer one.
pub(crate) fn find(
    text: &str,
    from: usize,
    to: usize,
    kinds: impl Iterator<Item = EntityType>,
) -> Vec<Found> {
    let mut found = Vec::new();
    for kind in kinds {
        Rules::of(kind).find(text, from, to, |start, end, confidence| {
            found.push(Found {
                kind,
                start,
                end,
                confidence,
            });
        });
    }
    apart(found)
}

fn apart(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|left, right| {
        right
            .confidence
            .total_cmp(&left.confidence)
            .then((right.end - right.start).cmp(&(left.end - left.start)))
            .then(left.kind.cmp(&right.kind))
            .then(left.start.cmp(&right.start))
    });
    let mut kept: Vec<Found> = Vec::with_capacity(found.len());
    for next in found {
        if kept
            .iter()
            .all(|other| next.end <= other.start || other.end <= next.start)
        {
            kept.push(next);
        }
    }
    kept.sort_by_key(|found| found.start);
    kept
}

#[cfg(test)]
mod tests;
