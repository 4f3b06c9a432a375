//! Phone, fax and pager numbers.

use super::candidate::{Candidate, Hit};
use super::rule::Pattern;

/// International by country code, national by the forms of some countries, anything where a phone is spoken of.
pub(super) const PHONE: &[Pattern] = &[
    Pattern {
        regex: r"\+[1-9][0-9]{0,2}(?:[ .()/-]{0,2}[0-9]){5,13}\b",
        check: international,
    },
    Pattern {
        regex: r"(?:\b1[ .-]?)?(?:\([2-9][0-9]{2}\) ?|\b[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}\b",
        check: national,
    },
    Pattern {
        regex: r"(?:\(0[0-9]{2,4}\) ?|\b0[0-9]{2,4}[ -])[0-9]{3,4}[ -]?[0-9]{3,4}\b|\b0[1-9](?:[ .][0-9]{2}){4}\b|\b0[0-9]{1,4}[/-][0-9]{2,4}-?[0-9]{3,5}\b",
        check: national,
    },
    Pattern {
        regex: r"\b[0-9](?:[ .-]?[0-9]){5,13}\b",
        check: spoken_of,
    },
];

/// Country codes, with how many digits follow them (ITU-T E.164 and the national plans).
const COUNTRIES: &[(&str, std::ops::RangeInclusive<usize>)] = &[
    ("1", 10..=10),
    ("7", 10..=10),
    ("20", 9..=10),
    ("27", 9..=9),
    ("30", 10..=10),
    ("31", 9..=9),
    ("32", 8..=9),
    ("33", 9..=9),
    ("34", 9..=9),
    ("39", 6..=11),
    ("41", 9..=9),
    ("44", 9..=10),
    ("45", 8..=8),
    ("46", 7..=10),
    ("47", 8..=8),
    ("48", 9..=9),
    ("49", 5..=13),
    ("52", 10..=11),
    ("55", 10..=11),
    ("61", 9..=9),
    ("65", 8..=8),
    ("81", 9..=10),
    ("82", 8..=11),
    ("86", 10..=11),
    ("90", 10..=10),
    ("91", 10..=10),
    ("351", 9..=9),
    ("353", 7..=9),
    ("972", 8..=9),
];

fn international(candidate: &Candidate<'_>) -> Option<Hit> {
    let digits: String = candidate
        .text
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    // A trunk zero in brackets is written, and not dialled.
    let digits = if candidate.text.contains("(0)") {
        digits.replacen('0', "", 1)
    } else {
        digits
    };
    let fits = COUNTRIES
        .iter()
        .find_map(|(code, lengths)| Some(lengths.contains(&digits.strip_prefix(code)?.len())))
        .unwrap_or((8..=15).contains(&digits.len()));
    candidate.hit_if(fits, 0.93)
}

fn national(candidate: &Candidate<'_>) -> Option<Hit> {
    let part = candidate
        .before
        .ends_with(|before: char| before.is_ascii_digit() || matches!(before, '-' | '/' | '.'))
        || candidate
            .after
            .strip_prefix(['-', '.'])
            .is_some_and(|after| after.starts_with(|character: char| character.is_ascii_digit()));
    candidate.hit_if(!part, 0.75)
}

fn spoken_of(candidate: &Candidate<'_>) -> Option<Hit> {
    let words = &[
        "phone",
        "telephone",
        "tel",
        "call",
        "mobile",
        "cell",
        "fax",
        "pager",
        "text me",
        "whatsapp",
        "phone number",
        "handy",
        "téléphone",
        "telefon",
        "teléfono",
        "電話",
    ];
    candidate.hit_if(candidate.follows(words), 0.7)
}
