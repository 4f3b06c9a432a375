//! Numbers of Canada.

use super::candidate::{Candidate, Hit};
use super::checksum::luhn;
use super::rule::Pattern;

/// Nine digits with a check digit.
pub(super) const SOCIAL_INSURANCE_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b[1-79][0-9]{2}(?:-[0-9]{3}-| [0-9]{3} |[0-9]{3})[0-9]{3}\b",
    check: social_insurance_number,
}];

/// Ten digits where a health card is spoken of; provinces have their own check digits.
pub(super) const HEALTH_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b[0-9]{4}[ -]?[0-9]{3}[ -]?[0-9]{3}\b",
    check: health_number,
}];

fn social_insurance_number(candidate: &Candidate<'_>) -> Option<Hit> {
    let spoken = candidate.near(&["sin", "social insurance"]);
    let separated = candidate.text.contains(['-', ' ']);
    let confidence = if spoken { 0.97 } else { 0.8 };
    candidate.hit_if(
        luhn(&candidate.digits()) && (separated || spoken),
        confidence,
    )
}

fn health_number(candidate: &Candidate<'_>) -> Option<Hit> {
    let words = &[
        "health card",
        "health number",
        "health insurance",
        "health service number",
        "ohip",
        "phn",
        "msp",
    ];
    candidate.hit_if(candidate.near(words), 0.85)
}
