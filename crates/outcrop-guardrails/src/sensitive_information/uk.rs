//! Numbers of the United Kingdom.

use super::candidate::{Candidate, Hit};
use super::checksum::weighted;
use super::rule::Pattern;

/// Ten digits, the last a check digit.
pub(super) const NATIONAL_HEALTH_SERVICE_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}\b",
    check: national_health_service_number,
}];

/// Two letters, six digits and a letter; some letters are not given out.
pub(super) const NATIONAL_INSURANCE_NUMBER: &[Pattern] = &[Pattern {
    regex: r"(?i)\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[A-D]\b",
    check: national_insurance_number,
}];

/// Ten digits, the first a check digit, where tax is spoken of.
pub(super) const UNIQUE_TAXPAYER_REFERENCE_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b[0-9]{5} ?[0-9]{5}\b",
    check: unique_taxpayer_reference_number,
}];

fn national_health_service_number(candidate: &Candidate<'_>) -> Option<Hit> {
    let digits = candidate.digits();
    let remainder = weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    let check = digits.last().copied().map(u32::from)?;
    let checked = (11 - remainder) % 11 == check && digits.iter().any(|&digit| digit != 0);
    let spoken = candidate.near(&["nhs", "national health", "patient", "health service"]);
    let grouped = candidate.text.contains(' ');
    // Without the word, a phone number in groups has one chance in eleven.
    let confidence = if spoken { 0.98 } else { 0.6 };
    candidate.hit_if(checked && (spoken || grouped), confidence)
}

fn national_insurance_number(candidate: &Candidate<'_>) -> Option<Hit> {
    let prefix = candidate.text.get(..2)?.to_ascii_uppercase();
    let kept = ["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].contains(&prefix.as_str());
    candidate.hit_if(!kept, 0.93)
}

fn unique_taxpayer_reference_number(candidate: &Candidate<'_>) -> Option<Hit> {
    let digits = candidate.digits();
    let (first, rest) = digits.split_first()?;
    let remainder = usize::try_from(weighted(rest, &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11).ok()?;
    let checked = b"21987654321".get(remainder).map(|check| check - b'0') == Some(*first);
    let spoken = candidate.near(&[
        "utr",
        "unique taxpayer",
        "tax reference",
        "taxpayer reference",
    ]);
    candidate.hit_if(spoken, if checked { 0.97 } else { 0.6 })
}
