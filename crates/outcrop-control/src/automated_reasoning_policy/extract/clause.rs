//! Parts of sentences.

use crate::automated_reasoning_policy::{definition::Variable, logic::Expression};

/// A part of a sentence as an expression over one variable.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Clause {
    pub(crate) variable: Variable,
    pub(crate) expression: Expression,
}

/// The most words that a name is made of.
const WORDS: usize = 7;

/// The most characters of a name, and of a description.
const NAME: usize = 64;
const DESCRIPTION: usize = 1024;

/// Words that say nothing of what a clause is about.
const FILLERS: &[&str] = &[
    "a", "an", "the", "then", "that", "who", "which", "they", "it", "is", "are", "be", "been",
    "was", "were", "has", "have", "had", "do", "does", "did", "must", "may", "might", "can",
    "could", "will", "would", "shall", "should", "any", "all", "each", "every", "their", "its",
    "your", "my", "his", "her", "our", "you", "i", "we", "he", "she", "yes", "true",
];

const NEGATIONS: &[&str] = &[
    "not", "never", "no", "cannot", "without", "neither", "nor", "false",
];

/// What comparing words mean, the longer ones before those that they begin with. Numbers follow these.
const COMPARISONS: &[(&[&str], &str)] = &[
    (&["no", "more", "than"], "<="),
    (&["not", "more", "than"], "<="),
    (&["no", "less", "than"], ">="),
    (&["no", "fewer", "than"], ">="),
    (&["more", "than"], ">"),
    (&["greater", "than"], ">"),
    (&["longer", "than"], ">"),
    (&["higher", "than"], ">"),
    (&["less", "than"], "<"),
    (&["fewer", "than"], "<"),
    (&["lower", "than"], "<"),
    (&["shorter", "than"], "<"),
    (&["at", "least"], ">="),
    (&["minimum", "of"], ">="),
    (&["at", "most"], "<="),
    (&["up", "to"], "<="),
    (&["maximum", "of"], "<="),
    (&["within"], "<="),
    (&["over"], ">"),
    (&["above"], ">"),
    (&["exceeds"], ">"),
    (&["exceed"], ">"),
    (&["under"], "<"),
    (&["below"], "<"),
    (&["exactly"], "="),
    (&["equal", "to"], "="),
];

/// The words of a text in lower case, without what is around them.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '/' | '—'))
        .map(|word| {
            let bare = word.trim_matches(|letter: char| !letter.is_alphanumeric());
            bare.to_lowercase().replace('’', "'")
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// What a part of a sentence says; `None` if no word of it can be part of a name.
pub(crate) fn clause(text: &str) -> Option<Clause> {
    let words = words(text);
    let compared = comparison(&words);
    let (words, comparison) = match compared {
        Some((rest, operator, number)) => (rest, Some((operator, number))),
        None => (words, None),
    };
    let is_negation = |word: &String| NEGATIONS.contains(&word.as_str()) || word.ends_with("n't");
    let negated = words.iter().filter(|word| is_negation(word)).count() % 2 == 1;
    let said = |word: &&String| !is_negation(word) && !FILLERS.contains(&word.as_str());
    let name = name(
        &words
            .iter()
            .filter(said)
            .map(String::as_str)
            .collect::<Vec<_>>(),
    )?;
    let whole = Expression::name(&name);
    let (kind, expression) = match comparison {
        Some((operator, number)) => {
            let operands = vec![whole, Expression::Number(number)];
            ("INT", Expression::call(operator, operands))
        }
        None => ("BOOL", whole),
    };
    Some(Clause {
        variable: Variable {
            name,
            kind: kind.to_owned(),
            description: description(text, kind),
        },
        expression: if negated {
            expression.negated()
        } else {
            expression
        },
    })
}

/// The words without the comparison in them, its operator and its number.
fn comparison(words: &[String]) -> Option<(Vec<String>, &'static str, f64)> {
    let number = |word: &String| {
        let digits = word.trim_start_matches('$').replace(',', "");
        let whole = digits.parse::<f64>().ok()?;
        (whole.is_finite() && whole.fract() == 0.0).then_some(whole)
    };
    for (place, word) in words.iter().enumerate() {
        let Some(number) = number(word) else {
            continue;
        };
        let (before, after) = (words.get(..place)?, words.get(place + 1..)?);
        // "12 months or more", "30 days or less".
        let tail = after.iter().position(|word| word == "or").and_then(|or| {
            let operator = match after.get(or + 1)?.as_str() {
                "more" | "longer" | "older" | "above" | "over" => ">=",
                "less" | "fewer" | "below" | "under" => "<=",
                _ => return None,
            };
            Some((or, operator))
        });
        let rest = |before: &[String], after: &[String]| [before, after].concat();
        if let Some((or, operator)) = tail {
            let after = rest(after.get(..or)?, after.get(or + 2..)?);
            return Some((rest(before, &after), operator, number));
        }
        let head = COMPARISONS.iter().find(|(phrase, _)| {
            before.len() >= phrase.len()
                && before
                    .iter()
                    .rev()
                    .zip(phrase.iter().rev())
                    .all(|(a, b)| a == b)
        });
        let (kept, operator) = match head {
            Some((phrase, operator)) => (before.get(..before.len() - phrase.len())?, *operator),
            None => (before, "="),
        };
        return Some((rest(kept, after), operator, number));
    }
    None
}

/// `fullTimeEmployees` of `full`, `time` and `employees`.
fn name(words: &[&str]) -> Option<String> {
    let mut name = String::new();
    for word in words.iter().take(WORDS) {
        let letters = word.chars().filter(char::is_ascii_alphanumeric);
        if name.is_empty() {
            name.extend(letters.skip_while(char::is_ascii_digit));
        } else {
            let mut letters = letters;
            name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
            name.extend(letters);
        }
    }
    name.truncate(NAME);
    (!name.is_empty()).then_some(name)
}

fn description(text: &str, kind: &str) -> String {
    let text = text.trim().trim_end_matches(['.', ',', ';', '!', '?']);
    let start = match kind {
        "BOOL" => "Whether this is so: ",
        _ => "The number in: ",
    };
    let all = start.chars().chain(text.chars());
    all.take(DESCRIPTION).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_become_expressions() {
        let table = [
            ("the employee is full-time", "employeeFullTime"),
            (
                "they are not eligible for parental leave",
                "(not eligibleForParentalLeave)",
            ),
            ("at least 12 months of service", "(>= monthsOfService 12)"),
            ("more than 1,000 dollars", "(> dollars 1000)"),
            ("no more than 3 days", "(<= days 3)"),
            ("receipts of 30 days or less", "(<= receiptsOfDays 30)"),
            ("cannot be refunded", "(not refunded)"),
            ("a tenure of 5 years", "(= tenureOfYears 5)"),
        ];
        for (text, expected) in table {
            let read = clause(text).map(|clause| clause.expression.to_string());
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
        assert_eq!(clause("they are"), None);
        assert_eq!(clause("…"), None);
    }
}
