//! What the prompt offers for values: numbers, quoted text, names.

use std::cell::Cell;

use serde_json::Value;

use crate::canned::{
    chance::{Chance, hash64},
    tokenizer::prefix,
};

/// Bytes of the prompt that are looked at.
const READ: usize = 8 * 1024;
/// Characters of the prompt that a free text repeats.
const QUOTED: usize = 100;
/// Members that ask for the user's own words.
const FREE: &[&str] = &[
    "content", "input", "keywords", "message", "prompt", "q", "query", "question", "request",
    "search", "text", "topic",
];

/// The prompt, as a source of values.
#[derive(Debug, Clone)]
pub struct Hints<'a> {
    text: &'a str,
    lower: String,
    names: Vec<String>,
    seed: u64,
    /// How many of `names` were handed out.
    used: Cell<usize>,
}

impl<'a> Hints<'a> {
    /// What `text` offers. `seed` settles everything that it leaves open.
    #[must_use]
    pub fn new(text: &'a str, seed: u64) -> Self {
        let text = prefix(text, READ);
        Self {
            text,
            lower: normalized(text),
            names: names(text),
            seed,
            used: Cell::new(0),
        }
    }

    /// Choices for the member `name`, the same each time.
    pub(super) fn chance(&self, name: &str, variant: u32) -> Chance {
        Chance::new(hash64(
            name.as_bytes(),
            self.seed.wrapping_add(u64::from(variant)),
        ))
    }

    /// Whether the prompt has `value` as a word of its own.
    pub(super) fn mention(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => {
                let wanted = normalized(text);
                !wanted.trim().is_empty() && self.lower.contains(&wanted)
            }
            Value::Number(number) => number
                .as_f64()
                .is_some_and(|wanted| self.numbers().any(|found| found.total_cmp(&wanted).is_eq())),
            _ => false,
        }
    }

    /// The numbers in the prompt.
    pub(super) fn numbers(&self) -> impl Iterator<Item = f64> + '_ {
        self.tokens()
            .map(|token| token.trim_matches(|c: char| !c.is_ascii_digit() && c != '-'))
            .filter(|token| {
                token
                    .trim_start_matches('-')
                    .starts_with(|c: char| c.is_ascii_digit())
            })
            .filter_map(|token| token.parse().ok())
    }

    /// The first word of the prompt that `fits`, without the punctuation around it.
    pub(super) fn token(&self, fits: impl Fn(&str) -> bool) -> Option<String> {
        let bare = |token: &'a str| token.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
        self.tokens()
            .map(bare)
            .find(|token| fits(token))
            .map(str::to_owned)
    }

    /// Text for the member `name`, if the prompt has something for it. What is quoted or a name in the prompt is
    /// handed out in its order, each one once.
    pub(super) fn string(&self, name: &str) -> Option<String> {
        if FREE.contains(&name) && !self.text.trim().is_empty() {
            let line: Vec<&str> = self.text.split_whitespace().collect();
            return Some(line.join(" ").chars().take(QUOTED).collect());
        }
        let next = self.names.get(self.used.get())?;
        self.used.set(self.used.get() + 1);
        Some(next.clone())
    }

    fn tokens(&self) -> impl Iterator<Item = &'a str> {
        self.text
            .split([' ', '\n', '\t', ',', ';', '(', ')', '"', '\'', '“', '”'])
    }
}

/// Words in lower case with one space around each, so that only whole words are found.
fn normalized(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() + 2);
    plain.push(' ');
    for word in text
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '.')
        .filter(|word| !word.is_empty())
    {
        plain.extend(
            word.trim_matches(['.', '-'])
                .chars()
                .flat_map(char::to_lowercase),
        );
        plain.push(' ');
    }
    plain
}

/// What is quoted in `text`, and then its names: capitalized words that do not begin a sentence.
fn names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut add = |name: &str| {
        let name = name.trim();
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    };
    text.split('"').skip(1).step_by(2).for_each(&mut add);
    let mut name = String::new();
    let mut begins = true;
    for word in text.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let capital =
            bare.starts_with(char::is_uppercase) && bare != "I" && !bare.starts_with("I'");
        if capital && !begins && !word.starts_with('"') {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(bare.strip_suffix("'s").unwrap_or(bare));
        }
        let ends = word.ends_with(|c: char| !c.is_alphanumeric());
        if !name.is_empty() && (!capital || ends || bare.ends_with("'s")) {
            add(&std::mem::take(&mut name));
        }
        begins = word.ends_with(['.', '!', '?', ':']);
    }
    add(&name);
    names
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_names_and_quotes() {
        assert_eq!(
            names("What's the weather in New York, Paris and Rome? I ask. It is \"very\" urgent"),
            ["very", "New York", "Paris", "Rome"]
        );
        assert_eq!(names("Berlin"), Vec::<String>::new());
    }

    #[test]
    fn mentions_are_whole_words() {
        let hints = Hints::new("Use fahrenheit for 3 days, at top_speed.", 0);
        assert!(hints.mention(&json!("Fahrenheit")));
        assert!(hints.mention(&json!("top-speed")) || hints.mention(&json!("top_speed")));
        assert!(!hints.mention(&json!("day")));
        assert!(hints.mention(&json!(3)));
        assert!(!hints.mention(&json!(30)));
        assert!(!hints.mention(&json!("")));
    }

    #[test]
    fn numbers_and_tokens() {
        let hints = Hints::new("From -5 to 12.5, mail bob@example.org (2024-05-06).", 0);
        assert_eq!(hints.numbers().collect::<Vec<_>>(), [-5.0, 12.5]);
        assert_eq!(
            hints.token(|token| token.contains('@')).as_deref(),
            Some("bob@example.org")
        );
    }
}
