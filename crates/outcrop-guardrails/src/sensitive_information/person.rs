//! Names and ages.
//!
//! A rule does not know a name; it knows where names stand and which given names are common.

use super::candidate::{Candidate, Hit, certain};
use super::rule::Pattern;

/// After an introduction or a title, or a common given name with what follows it.
pub(super) const NAME: &[Pattern] = &[
    Pattern {
        regex: r"(?i:\b(?:my name is|my name's|name is|i am called|call me|name:|named|signed,|sincerely,|regards,))\s+(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}(?:\.|\b))?(?:\s+\p{Lu}[\p{L}'’-]+){0,2})",
        check: introduced,
    },
    Pattern {
        regex: r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Madam|Herr|Frau|Monsieur|Madame|Señor|Señora)\b\.?\s+(\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}\.)?(?:\s+\p{Lu}[\p{L}'’-]+){0,2})",
        check: introduced,
    },
    Pattern {
        regex: include_str!("../../data/given_names.regex"),
        check: common,
    },
];

/// A number and a unit of time that somebody is old.
pub(super) const AGE: &[Pattern] = &[
    Pattern {
        regex: r"(?i)\b([0-9]{1,3}(?:\s+|-)(?:years?|yrs?|months?|weeks?|days?))(?:\s+|-)(?:old|of age)\b",
        check: age,
    },
    Pattern {
        regex: r"(?i)\b(?:aged?|age is|turned|turns|turning)\s*:?\s+([0-9]{1,3})\b",
        check: age,
    },
    Pattern {
        regex: r"(?i)\b([0-9]{1,3} ?(?:y/o|yo|yr old))\b",
        check: certain,
    },
];

/// What follows a name that is part of a place or an organization.
const NO_PERSON: &[&str] = &[
    "street",
    "st",
    "avenue",
    "ave",
    "road",
    "rd",
    "boulevard",
    "lane",
    "drive",
    "court",
    "square",
    "organization",
    "organisation",
    "inc",
    "corp",
    "corporation",
    "company",
    "foundation",
    "ltd",
    "llc",
    "university",
    "college",
    "school",
    "hospital",
    "airport",
    "institute",
    "museum",
];

/// Capitalized words that start sentences and offices rather than names.
const NO_NAMES: &[&str] = &[
    "the",
    "a",
    "an",
    "president",
    "minister",
    "speaker",
    "chairman",
    "i",
    "it",
    "there",
    "please",
    "not",
    "no",
    "in",
    "on",
    "and",
];

fn belongs_to_a_person(candidate: &Candidate<'_>) -> bool {
    let next = candidate
        .after
        .trim_start()
        .split(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let last = candidate
        .text
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .to_lowercase();
    !NO_PERSON.contains(&next.as_str()) && !NO_PERSON.contains(&last.as_str())
}

fn introduced(candidate: &Candidate<'_>) -> Option<Hit> {
    let first = candidate
        .text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let named = !NO_NAMES.contains(&first.as_str());
    candidate.hit_if(named && belongs_to_a_person(candidate), 0.85)
}

fn common(candidate: &Candidate<'_>) -> Option<Hit> {
    candidate.hit_if(belongs_to_a_person(candidate), 0.65)
}

fn age(candidate: &Candidate<'_>) -> Option<Hit> {
    let digits = candidate.digits();
    let years = digits
        .iter()
        .fold(0_u32, |number, &digit| number * 10 + u32::from(digit));
    candidate.hit_if(years <= 130 || !candidate.text.contains('y'), 0.85)
}
