//! Email, IP and MAC addresses, and URLs: what their syntax makes certain.

use std::net::Ipv6Addr;

use super::candidate::{Candidate, Hit, certain};
use super::rule::Pattern;

/// RFC 5321's dot-strings at a domain with at least two labels.
pub(super) const EMAIL: &[Pattern] = &[Pattern {
    regex: r"[\p{L}\p{N}_](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_+-])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,24}\b",
    check: certain,
}];

/// With a scheme, or starting with `www.`. Punctuation at the end belongs to the sentence.
pub(super) const URL: &[Pattern] = &[
    Pattern {
        regex: r#"(?i)\b(?:https?|ftp|wss?)://[^\s<>"'{}]*[^\s<>"'{}.,;:!?)\]]"#,
        check: certain,
    },
    Pattern {
        regex: r#"(?i)\bwww\.(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}\b(?:[/?#](?:[^\s<>"'{}]*[^\s<>"'{}.,;:!?)\]])?)?"#,
        check: certain,
    },
];

/// Dotted IPv4 and textual IPv6.
pub(super) const IP_ADDRESS: &[Pattern] = &[
    Pattern {
        regex: r"\b(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\b",
        check: ipv4,
    },
    Pattern {
        regex: r"(?:[0-9A-Fa-f]{1,4}|:):[0-9A-Fa-f:.]{0,40}[0-9A-Fa-f]",
        check: ipv6,
    },
];

/// Six groups of two digits, or three of four.
pub(super) const MAC_ADDRESS: &[Pattern] = &[
    Pattern {
        regex: r"\b(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5})\b",
        check: mac,
    },
    Pattern {
        regex: r"\b[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\b",
        check: mac,
    },
];

/// A longer dotted number is a version or an object identifier.
fn ipv4(candidate: &Candidate<'_>) -> Option<Hit> {
    let continues = candidate
        .after
        .strip_prefix('.')
        .is_some_and(starts_with_digit);
    let follows = candidate.before.ends_with('.') || candidate.follows(&["version"]);
    candidate.hit_if(!continues && !follows, 0.95)
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|character: char| character.is_ascii_digit())
}

/// `std::vec` and `a::b` are no addresses: there are two digits groups' worth of colons, and a digit.
fn ipv6(candidate: &Candidate<'_>) -> Option<Hit> {
    let joined = candidate
        .before
        .ends_with(|character: char| character.is_alphanumeric() || character == ':');
    let colons = candidate.text.matches(':').count();
    let digit = candidate
        .text
        .contains(|character: char| character.is_ascii_digit());
    let address = candidate.text.parse::<Ipv6Addr>().is_ok();
    candidate.hit_if(address && !joined && colons >= 2 && digit, 0.95)
}

fn mac(candidate: &Candidate<'_>) -> Option<Hit> {
    let part =
        candidate.before.ends_with([':', '-', '.']) || candidate.after.starts_with([':', '-']);
    candidate.hit_if(!part, 0.98)
}
