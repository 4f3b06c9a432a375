//! Translates answers and questions into logic. The service does this with language models; here a part of a sentence, between
//! commas and *and*s, speaks of a variable if it has at least half of the words of its name:
//!
//! - a variable that is true or false is so if the part has no negation (*not*, *no*, *never*, *false*), or has one;
//! - a number is what the part compares: *at least 12 months*, *5 years*;
//! - a variable of a type has the value whose words the part has.
//!
//! Of several variables a part speaks of those with the largest share only. How sure the translation is, is the
//! smallest share of all. What is asked is not said: of a question counts what comes after *if* or *when*.

use std::collections::BTreeSet;

use crate::automated_reasoning_policy::{
    definition::{Definition, Variable},
    extract::{clause, sentences, words},
    logic::{Expression, Theory},
};

/// The share of a name's words from which on a sentence speaks of it.
const SPEAKS: f64 = 0.5;

/// What a text says of the variables of a definition.
#[derive(Debug, Default)]
pub(super) struct Translated {
    /// Each statement with the sentence that it is from.
    pub(super) statements: Vec<(Expression, String)>,
    /// Sentences that say nothing of them.
    pub(super) untranslated: Vec<String>,
    /// From 0 to 1; 1 where there is nothing.
    pub(super) confidence: f64,
}

pub(super) fn translate(definition: &Definition, theory: &Theory, text: &str) -> Translated {
    let mut translated = Translated {
        confidence: 1.0,
        ..Translated::default()
    };
    for sentence in sentences(text) {
        let said = said(definition, theory, &sentence.text);
        if said.is_empty() {
            translated.untranslated.push(sentence.text);
            continue;
        }
        for (expression, share) in said {
            translated.confidence = translated.confidence.min(share);
            let is_new = |(other, _): &(Expression, String)| *other != expression;
            if translated.statements.iter().all(is_new) {
                translated
                    .statements
                    .push((expression, sentence.text.clone()));
            }
        }
    }
    translated
}

/// What a sentence says, with the shares of the names' words that it has.
fn said(definition: &Definition, theory: &Theory, sentence: &str) -> Vec<(Expression, f64)> {
    // Generated scenarios, and tests that are written like them, are logic already.
    if let Some(expression) = theory.read(sentence) {
        return vec![(expression, 1.0)];
    }
    let spaced = spaced(sentence);
    let Some(said) = without_question(&spaced) else {
        return Vec::new();
    };
    let parts = said.split(", ").flat_map(|part| part.split(" and "));
    parts
        .flat_map(|part| statements(definition, part))
        .collect()
}

/// The sentence without what it asks.
fn without_question(sentence: &str) -> Option<&str> {
    if !sentence.ends_with('?') {
        return Some(sentence);
    }
    let marks = [" if ", " when ", "If ", "When "];
    let after = marks.iter().find_map(|mark| sentence.split_once(mark));
    after.map(|(_, after)| after.trim_end_matches('?'))
}

/// What a part of a sentence says.
fn statements(definition: &Definition, sentence: &str) -> Vec<(Expression, f64)> {
    let words: BTreeSet<String> = words(sentence)
        .into_iter()
        .map(|word| stem(&word))
        .collect();
    let shares: Vec<(&Variable, f64)> = definition
        .variables
        .iter()
        .map(|variable| (variable, share(&variable.name, &words)))
        .filter(|(_, share)| *share >= SPEAKS)
        .collect();
    let best = shares.iter().map(|(_, share)| *share).fold(0.0, f64::max);
    let spoken = shares.iter().filter(|(_, share)| *share >= best);
    spoken
        .filter_map(|(variable, share)| {
            Some((statement(definition, variable, sentence, &words)?, *share))
        })
        .collect()
}

fn statement(
    definition: &Definition,
    variable: &Variable,
    sentence: &str,
    words: &BTreeSet<String>,
) -> Option<Expression> {
    let name = Expression::name(&variable.name);
    let (said, negated) = match clause(sentence)?.expression {
        Expression::Call(operator, mut operands) if operator == "not" => (operands.pop()?, true),
        said => (said, false),
    };
    let kind = definition
        .types
        .iter()
        .find(|kind| kind.name == variable.kind);
    let statement = match (kind, variable.kind.to_ascii_lowercase().as_str()) {
        (Some(kind), _) => {
            let mut values = kind.values.iter();
            let value = values.find(|value| share(&value.value, words) >= 1.0)?;
            Expression::call("=", vec![name, Expression::name(&value.value)])
        }
        (None, "int" | "real" | "number") => match said {
            Expression::Call(operator, operands) => {
                Expression::Call(operator, vec![name, operands.into_iter().nth(1)?])
            }
            _ => return None,
        },
        (None, _) => name,
    };
    Some(if negated {
        statement.negated()
    } else {
        statement
    })
}

/// The share of a name's words that are among `words`.
fn share(name: &str, words: &BTreeSet<String>) -> f64 {
    let sought: Vec<String> = name_words(name);
    let found = sought.iter().filter(|word| words.contains(*word)).count();
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    if sought.is_empty() {
        return 0.0;
    }
    count(found) / count(sought.len())
}

/// A text whose names are words: `tenure Months` for `tenureMonths`, `PART TIME` for `PART_TIME`.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for letter in text.chars() {
        if letter.is_uppercase() && before.is_lowercase() {
            spaced.push(' ');
        }
        spaced.push(if letter == '_' { ' ' } else { letter });
        before = letter;
    }
    spaced
}

/// The words of a name, without those that only say that it is true or false.
fn name_words(name: &str) -> Vec<String> {
    let said = |word: &String| {
        let word = word.as_str();
        !["is", "has", "are", "can", "of", "for", "the", "to", "in"].contains(&word)
    };
    let words = words(&spaced(name)).into_iter();
    words.filter(said).map(|word| stem(&word)).collect()
}

/// A word without the endings of plurals and verbs.
fn stem(word: &str) -> String {
    let endings = ["ing", "ed", "es", "s"];
    let cut = endings.iter().find_map(|ending| {
        let rest = word.strip_suffix(ending)?;
        (rest.len() > 3).then_some(rest)
    });
    let stem = cut.unwrap_or(word);
    stem.strip_suffix('e')
        .filter(|rest| rest.len() > 3)
        .unwrap_or(stem)
        .to_owned()
}
