//! Numbers of the United States.

use super::candidate::{Candidate, Hit};
use super::rule::Pattern;

/// Three, two and four digits in the ranges that are given out.
pub(super) const SOCIAL_SECURITY_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b[0-9]{3}(?:-[0-9]{2}-| [0-9]{2} |[0-9]{2})[0-9]{4}\b",
    check: social_security_number,
}];

/// Like a social security number that starts with 9.
pub(super) const INDIVIDUAL_TAX_IDENTIFICATION_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b9[0-9]{2}[- ]?[5-9][0-9][- ]?[0-9]{4}\b",
    check: individual_tax_identification_number,
}];

/// Six to nine letters and digits where a passport is spoken of.
pub(super) const PASSPORT_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b[A-Z]{0,2}[0-9]{6,9}\b",
    check: passport_number,
}];

fn separated(candidate: &Candidate<'_>) -> bool {
    candidate.text.contains(['-', ' '])
}

/// Whether the match is a piece of a longer number.
fn part(candidate: &Candidate<'_>) -> bool {
    let digit = |character: Option<char>| character.is_some_and(|c| c.is_ascii_digit());
    let before = candidate.before.strip_suffix(['-', '.']);
    let after = candidate.after.strip_prefix(['-', '.']);
    digit(before.and_then(|text| text.chars().next_back()))
        || digit(after.and_then(|text| text.chars().next()))
}

fn number(digits: &[u8]) -> u32 {
    let digits = digits.iter();
    digits.fold(0, |number, &digit| number * 10 + u32::from(digit))
}

fn social_security_number(candidate: &Candidate<'_>) -> Option<Hit> {
    let digits = candidate.digits();
    let (area, rest) = digits.split_at_checked(3)?;
    let (group, serial) = rest.split_at_checked(2)?;
    let area = number(area);
    let given = !matches!(area, 0 | 666 | 900..) && number(group) > 0 && number(serial) > 0;
    let spoken = candidate.near(&["ssn", "social security", "soc sec", "social"]);
    let confidence = match (separated(candidate), spoken) {
        (true, true) => 0.98,
        (true, false) => 0.85,
        (false, true) => 0.8,
        (false, false) => return None,
    };
    candidate.hit_if(given && !part(candidate), confidence)
}

fn individual_tax_identification_number(candidate: &Candidate<'_>) -> Option<Hit> {
    let digits = candidate.digits();
    let group = number(digits.get(3..5)?);
    let given = matches!(group, 50..=65 | 70..=88 | 90..=92 | 94..=99);
    let spoken = candidate.near(&["itin", "taxpayer", "tax id", "tax identification"]);
    let confidence = if spoken { 0.97 } else { 0.85 };
    let believed = given && !part(candidate) && (separated(candidate) || spoken);
    candidate.hit_if(believed, confidence)
}

fn passport_number(candidate: &Candidate<'_>) -> Option<Hit> {
    let length = (6..=9).contains(&candidate.text.len());
    candidate.hit_if(length && candidate.near(&["passport"]), 0.9)
}
