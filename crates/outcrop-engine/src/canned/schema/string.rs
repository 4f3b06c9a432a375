//! Strings by pattern, format, length, or name.

use serde_json::Value;

use super::{
    SchemaError, format,
    generate::{Generator, Place},
    node::Node,
    pattern::{MAX_LENGTH, Maker},
};
use crate::canned::chance::Chance;

/// How often repeated parts of a pattern are repeated, in the order in which it is tried.
const REPEATS: [u32; 9] = [3, 0, 1, 2, 4, 6, 8, 16, 32];

/// The length that is allowed, in characters.
#[derive(Debug, Clone, Copy)]
struct Lengths {
    least: usize,
    most: usize,
}

impl Lengths {
    fn hold(self, text: &str) -> bool {
        (self.least..=self.most).contains(&text.chars().count())
    }
}

impl<'a> Generator<'a, '_> {
    /// A string for `node`.
    pub(super) fn string(
        &mut self,
        node: &Node<'a>,
        place: Place<'_>,
    ) -> Result<String, SchemaError> {
        let size = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let lengths = Lengths {
            least: size(node.at_least("minLength")),
            most: size(node.at_most("maxLength")),
        };
        if lengths.least > lengths.most {
            return Err(SchemaError::Unsatisfiable);
        }
        if lengths.least > MAX_LENGTH {
            return Err(SchemaError::TooComplex);
        }
        let patterns: Vec<&'a str> = node.all("pattern").filter_map(Value::as_str).collect();
        let mut chance = self.chance(place);
        let mut formats = node.all("format").filter_map(Value::as_str);
        let formatted = formats.find_map(|format| format::text(format, self.hints, &mut chance));
        if let Some(text) = formatted
            && lengths.hold(&text)
            && self.all_match(&patterns, &text)?
        {
            return Ok(text);
        }
        if !patterns.is_empty() {
            return self.patterned(&patterns, lengths, chance);
        }
        let hinted = if place.variant == 0 {
            self.hints.string(place.name)
        } else {
            None
        };
        Ok(fit(&hinted.unwrap_or_else(|| sample(place)), lengths))
    }

    fn patterned(
        &mut self,
        patterns: &[&'a str],
        lengths: Lengths,
        mut chance: Chance,
    ) -> Result<String, SchemaError> {
        let wanted = u32::try_from(lengths.least).unwrap_or(u32::MAX);
        for pattern in patterns {
            let maker = Maker::new(pattern)?;
            for extra in REPEATS.into_iter().chain([wanted, wanted / 2]) {
                let Some(made) = maker.make(extra, &mut chance) else {
                    continue;
                };
                // An unanchored pattern leaves room around it.
                let filling = "a".repeat(lengths.least.saturating_sub(made.chars().count()));
                for text in [format!("{made}{filling}"), made] {
                    if lengths.hold(&text) && self.all_match(patterns, &text)? {
                        return Ok(text);
                    }
                }
            }
        }
        Err(SchemaError::Unsatisfiable)
    }

    fn all_match(&self, patterns: &[&'a str], text: &str) -> Result<bool, SchemaError> {
        let mut checker = self.checker.borrow_mut();
        for pattern in patterns {
            if !checker.matches(pattern, text)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Words that say what they stand for.
fn sample(place: Place<'_>) -> String {
    let name = if place.name.is_empty() {
        "text"
    } else {
        place.name
    };
    let words = name.replace(['_', '-'], " ");
    if place.variant == 0 {
        format!("sample {words}")
    } else {
        format!("sample {words} {}", place.variant + 1)
    }
}

/// Cuts or fills `text` to the allowed length.
fn fit(text: &str, lengths: Lengths) -> String {
    let length = text.chars().count();
    if length > lengths.most {
        // The end is what tells variants apart.
        return text.chars().skip(length - lengths.most).collect();
    }
    let filling = "abcdefghijklmnopqrstuvwxyz"
        .chars()
        .cycle()
        .take(lengths.least.saturating_sub(length));
    text.chars().chain(filling).collect()
}
