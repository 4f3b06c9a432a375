//! Payment cards: numbers by check digit and issuer, codes and dates by the words around them.

use super::candidate::{Candidate, Hit, certain};
use super::checksum::luhn;
use super::rule::Pattern;

/// 13 to 19 digits, or the last four of a card that is spoken of.
pub(super) const NUMBER: &[Pattern] = &[
    Pattern {
        regex: r"\b[2-6][0-9](?:[ -]?[0-9]){11,17}\b",
        check: number,
    },
    Pattern {
        regex: r"(?i)\bcard\b[^.!?\n]{0,24}\b(?:ending|ends)(?:\s+(?:in|with))?\s+([0-9]{4})\b",
        check: certain,
    },
];

/// Three or four digits after the code's name.
pub(super) const CVV: &[Pattern] = &[Pattern {
    regex: r"(?i)\b(?:cvv2?|cvc2?|cvn|csc|security\s+code|verification\s+(?:code|value))\b[^0-9\n]{0,12}\b([0-9]{3,4})\b",
    check: certain,
}];

/// A month and a year where a card or its end is spoken of.
pub(super) const EXPIRY: &[Pattern] = &[
    Pattern {
        regex: r"\b(?:0?[1-9]|1[0-2])\s?[/-]\s?(?:20)?[0-9]{2}\b",
        check: expiry,
    },
    Pattern {
        regex: r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?,? (?:20)?[0-9]{2}\b",
        check: expiry,
    },
];

const EXPIRES: &[&str] = &[
    "exp",
    "expires",
    "expiry",
    "expiration",
    "expiring",
    "expire",
    "valid thru",
    "valid until",
    "valid through",
    "good thru",
    "credit card",
    "debit card",
    "cvv",
];

fn number(candidate: &Candidate<'_>) -> Option<Hit> {
    let digits = candidate.digits();
    candidate.hit_if(issued(&digits) && luhn(&digits), 0.98)
}

/// Whether an issuer gives out numbers of this start and length.
fn issued(digits: &[u8]) -> bool {
    let prefix = |count: usize| {
        digits
            .iter()
            .take(count)
            .fold(0_u32, |number, &digit| number * 10 + u32::from(digit))
    };
    match digits.len() {
        13 | 19 => prefix(1) == 4 || (digits.len() == 19 && (prefix(2) == 62 || prefix(1) == 6)),
        14 => matches!(prefix(2), 36 | 38 | 39) || (300..=305).contains(&prefix(3)),
        15 => matches!(prefix(2), 34 | 37) || matches!(prefix(4), 2131 | 1800),
        16 => {
            prefix(1) == 4
                || (50..=69).contains(&prefix(2))
                || prefix(2) == 35
                || (2221..=2720).contains(&prefix(4))
        }
        17 | 18 => (50..=69).contains(&prefix(2)),
        _ => false,
    }
}

fn expiry(candidate: &Candidate<'_>) -> Option<Hit> {
    let part = candidate.before.ends_with(['/', '-']) || candidate.after.starts_with(['/', '-']);
    candidate.hit_if(!part && candidate.near(EXPIRES), 0.85)
}
