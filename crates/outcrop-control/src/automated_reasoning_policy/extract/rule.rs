//! Rules of sentences.

use xxhash_rust::xxh3::xxh3_128;

use super::{Clause, Sentence, clause};
use crate::automated_reasoning_policy::{
    definition::{Rule, Type, TypeValue, Variable},
    logic::{Expression, english},
};

/// The most characters of an expression.
const EXPRESSION: usize = 2048;

/// Verbs that part what a sentence is about from what it says of it.
const VERBS: &[&str] = &[
    "must", "may", "can", "cannot", "can't", "shall", "should", "will", "is", "are", "has", "have",
    "get", "gets", "receive", "receives", "require", "requires", "need", "needs", "do", "does",
    "don't", "doesn't", "isn't", "aren't",
];

/// What a sentence says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Extracted {
    /// A rule over these variables.
    Rule {
        rule: Rule,
        variables: Vec<Variable>,
    },
    /// A type, and a variable of it.
    Type { kind: Type, variable: Variable },
}

/// What a sentence says, if it is one of the patterns.
pub(crate) fn extracted(sentence: &Sentence) -> Option<Extracted> {
    let text = sentence.text.trim_end_matches(['.', '!', '?', ';']).trim();
    if let Some(found) = enumeration(text) {
        return Some(found);
    }
    let (conditions, consequence) = parted(text)?;
    let consequence = clause(&consequence)?;
    let conditions: Vec<Clause> = conditions.iter().filter_map(|text| clause(text)).collect();
    if conditions.is_empty()
        || conditions
            .iter()
            .any(|one| one.variable.name == consequence.variable.name)
    {
        return None;
    }
    let condition = Expression::all(
        conditions
            .iter()
            .map(|one| one.expression.clone())
            .collect(),
    );
    let expression = Expression::call("=>", vec![condition, consequence.expression.clone()]);
    let rule = rule(&expression);
    (rule.expression.len() <= EXPRESSION).then(|| Extracted::Rule {
        rule,
        variables: conditions
            .into_iter()
            .chain([consequence])
            .map(|clause| clause.variable)
            .collect(),
    })
}

/// A rule whose id follows from its expression.
pub(crate) fn rule(expression: &Expression) -> Rule {
    let text = expression.to_string();
    let mut left = xxh3_128(text.as_bytes());
    let mut id = String::with_capacity(12);
    // A letter first, as the official model has it.
    for base in std::iter::once(26).chain(std::iter::repeat_n(36, 11)) {
        let digit = u32::try_from(left % base).unwrap_or_default();
        left /= base;
        let letter = if base == 26 { digit + 10 } else { digit };
        id.extend(char::from_digit(letter, 36).map(|letter| letter.to_ascii_uppercase()));
    }
    Rule {
        id,
        alternate_expression: Some(english(expression)).filter(|text| text.len() <= EXPRESSION),
        expression: text,
    }
}

/// Conditions and consequence of a sentence.
fn parted(text: &str) -> Option<(Vec<String>, String)> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        // Places in one would not be those in the other.
        return None;
    }
    for start in ["if ", "when ", "whenever ", "where "] {
        if lower.starts_with(start) {
            let rest = text.get(start.len()..)?;
            let (condition, consequence) = rest
                .split_once(", then ")
                .or_else(|| rest.split_once(" then "))
                .or_else(|| rest.rsplit_once(", "))?;
            return Some((parts(condition), consequence.to_owned()));
        }
    }
    for middle in [" only if ", " if ", " when ", " unless "] {
        if let Some(place) = lower.find(middle) {
            let (before, after) = (text.get(..place)?, text.get(place + middle.len()..)?);
            return Some(match middle {
                " only if " => (parts(before), after.to_owned()),
                " unless " => (vec![format!("not {after}")], before.to_owned()),
                _ => (parts(after), before.to_owned()),
            });
        }
    }
    let (subject, predicate) = at_verb(text)?;
    match subject.to_lowercase().strip_prefix("only ") {
        Some(rest) => Some((vec![predicate], rest.to_owned())),
        None => Some((parts(&subject), predicate)),
    }
}

/// What is before the first verb, and what is from there on.
fn at_verb(text: &str) -> Option<(String, String)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_verb = |word: &&str| VERBS.contains(&word.to_lowercase().replace('’', "'").as_str());
    let place = words.iter().position(is_verb)?;
    let (subject, predicate) = words.split_at(place);
    let is_whole = !subject.is_empty() && predicate.len() > 1;
    is_whole.then(|| (subject.join(" "), predicate.join(" ")))
}

/// Conditions that hold together.
fn parts(text: &str) -> Vec<String> {
    let mut parts = vec![text.to_owned()];
    for separator in [" and ", " with ", " who ", ", "] {
        let split =
            |part: &String| -> Vec<String> { part.split(separator).map(str::to_owned).collect() };
        parts = parts.iter().flat_map(split).collect();
    }
    parts
}

/// `A is one of B, C or D`.
fn enumeration(text: &str) -> Option<Extracted> {
    let (subject, values) = text.split_once(" one of ")?;
    let subject = clause(subject)?;
    let values = values.replace(" or ", ", ").replace(" and ", ", ");
    let values = values.trim_start_matches(':').split(',');
    let values: Vec<TypeValue> = values.filter_map(type_value).collect();
    if values.len() < 2 {
        return None;
    }
    let mut name = subject.variable.name.clone();
    let first = name.get_mut(..1)?;
    first.make_ascii_uppercase();
    Some(Extracted::Type {
        kind: Type {
            description: Some(subject.variable.description.clone()),
            values,
            name: name.clone(),
        },
        variable: Variable {
            kind: name,
            description: format!("Which it is: {}", subject.variable.name),
            ..subject.variable
        },
    })
}

/// `PART_TIME` of `part-time`.
fn type_value(text: &str) -> Option<TypeValue> {
    let words = super::words(text);
    let value = words.join("_").to_uppercase();
    let is_name = value.starts_with(|first: char| first.is_ascii_uppercase())
        && value.len() <= 64
        && value
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    is_name.then(|| TypeValue {
        value,
        description: Some(text.trim().to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(text: &str) -> Option<String> {
        let sentence = Sentence {
            text: text.to_owned(),
            lines: vec![1],
        };
        match extracted(&sentence)? {
            Extracted::Rule { rule, .. } => Some(rule.expression),
            Extracted::Type { kind, .. } => Some(format!("{}: {}", kind.name, kind.values.len())),
        }
    }

    #[test]
    fn sentences_become_rules() {
        let table = [
            (
                "If an employee is full-time and has at least 12 months of service, then they are eligible for parental leave.",
                "(=> (and employeeFullTime (>= monthsOfService 12)) eligibleForParentalLeave)",
            ),
            (
                "Full-time employees with more than 12 months of tenure are eligible for leave.",
                "(=> (and fullTimeEmployees (> monthsOfTenure 12)) eligibleForLeave)",
            ),
            (
                "Contractors are not eligible for leave.",
                "(=> contractors (not eligibleForLeave))",
            ),
            (
                "A refund is given unless the item is damaged.",
                "(=> (not itemDamaged) refundGiven)",
            ),
            (
                "Only managers may approve claims.",
                "(=> approveClaims managers)",
            ),
            (
                "The leave type is one of parental, sick or part-time.",
                "LeaveType: 3",
            ),
        ];
        for (text, expected) in table {
            assert_eq!(expression(text).as_deref(), Some(expected), "{text}");
        }
        for none in ["Leave", "Welcome to our handbook.", "It is so."] {
            assert_eq!(expression(none), None, "{none}");
        }
    }

    #[test]
    fn ids_of_rules_have_the_form() {
        let rule = rule(&Expression::name("a"));
        assert_eq!(rule.id.len(), 12);
        assert!(
            rule.id
                .starts_with(|first: char| first.is_ascii_uppercase())
        );
        assert!(
            rule.id
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        );
    }
}
