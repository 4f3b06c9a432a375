//! Keys by their form; passwords, PINs and user names by the words before them.

use super::candidate::{Candidate, Hit, certain};
use super::rule::Pattern;

/// The prefixes of IAM's unique identifiers, and sixteen characters of base 32.
pub(super) const AWS_ACCESS_KEY: &[Pattern] = &[Pattern {
    regex: r"\b(?:A3T[A-Z0-9]|AKIA|ASIA|AROA|AIDA|ABIA|ACCA|AGPA|AIPA|ANPA|ANVA)[A-Z0-9]{16}\b",
    check: certain,
}];

/// Forty characters of base 64 that are no hash.
pub(super) const AWS_SECRET_KEY: &[Pattern] = &[Pattern {
    regex: r"(?:^|[^A-Za-z0-9/+=])([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)",
    check: secret_key,
}];

/// What follows `password`, if it looks like one or is assigned.
pub(super) const PASSWORD: &[Pattern] = &[
    Pattern {
        regex: r#"(?i)\b(?:password|passwd|passphrase|passcode|pwd)\b\s*(?:[:=]|is\s*:)\s*["'`]?([^\s"'`]{3,127}[^\s"'`.,;!?])"#,
        check: assigned,
    },
    Pattern {
        regex: r#"(?i)\b(?:password|passwd|passphrase|passcode|pwd)\b\s+(?:is|was|to|of)\s+["'`]?([^\s"'`]{3,127}[^\s"'`.,;!?])"#,
        check: mixed,
    },
];

/// Four to six digits after `PIN`.
pub(super) const PIN: &[Pattern] = &[Pattern {
    regex: r"\b(?:PIN|Pin|pin)\b(?:\s+(?:code|number|no\.?))?\s*(?:is|was|to|of|:|=|#)?\s*:?\s*([0-9]{4,6})\b",
    check: certain,
}];

/// What follows `username` and the like, and handles.
pub(super) const USERNAME: &[Pattern] = &[
    Pattern {
        regex: r#"(?i)\b(?:user\s?name|user\s?id|login(?:\s+name)?|screen\s?name|nick\s?name|handle)\b\s*(?:is\s*:|is|was|:|=)\s*["'`@]{0,2}([\p{L}\p{N}_][\p{L}\p{N}_.-]{1,31}[\p{L}\p{N}_-])"#,
        check: username,
    },
    Pattern {
        regex: r"(?:^|[\s(])(@[A-Za-z0-9_][A-Za-z0-9_.]{1,28}[A-Za-z0-9_])",
        check: handle,
    },
];

/// Words that follow `password:` in prose.
const NO_SECRETS: &[&str] = &[
    "required",
    "incorrect",
    "invalid",
    "expired",
    "reset",
    "none",
    "null",
];

fn secret_key(candidate: &Candidate<'_>) -> Option<Hit> {
    let has = |kind: fn(&u8) -> bool| candidate.text.as_bytes().iter().any(kind);
    let mixed =
        has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit);
    let known = candidate.near(&[
        "secret",
        "aws",
        "aws_secret_access_key",
        "secretaccesskey",
        "access key",
    ]) || candidate.before.to_lowercase().contains("secret");
    if !mixed {
        return None;
    }
    candidate.hit(if known { 0.98 } else { 0.7 })
}

fn assigned(candidate: &Candidate<'_>) -> Option<Hit> {
    let word = candidate.text.to_lowercase();
    candidate.hit_if(!NO_SECRETS.contains(&word.as_str()), 0.9)
}

/// A sentence goes on with words; a password has digits or signs in it.
fn mixed(candidate: &Candidate<'_>) -> Option<Hit> {
    let plain = candidate
        .text
        .chars()
        .all(|c| c.is_alphabetic() || matches!(c, '-' | '\''));
    candidate.hit_if(!plain, 0.85)
}

fn username(candidate: &Candidate<'_>) -> Option<Hit> {
    let word = candidate.text.to_lowercase();
    let prose = [
        "required",
        "incorrect",
        "invalid",
        "not",
        "the",
        "already",
        "taken",
        "unique",
    ];
    candidate.hit_if(!prose.contains(&word.as_str()), 0.85)
}

fn handle(candidate: &Candidate<'_>) -> Option<Hit> {
    candidate.hit(0.6)
}
