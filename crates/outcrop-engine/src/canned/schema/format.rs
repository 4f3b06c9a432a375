//! Text in the formats that JSON Schema names.

use super::hints::Hints;
use crate::canned::chance::Chance;

/// Text in `format`, or `None` for one that is not known; those promise nothing.
pub(super) fn text(format: &str, hints: &Hints<'_>, chance: &mut Chance) -> Option<String> {
    let number = chance.below(250) + 1;
    Some(match format {
        "date-time" => format!("{}T{}Z", date(hints, chance), time(chance)),
        "date" => date(hints, chance),
        "time" => format!("{}Z", time(chance)),
        "duration" => format!("PT{number}M"),
        "email" | "idn-email" => hints
            .token(is_email)
            .unwrap_or_else(|| format!("user{number}@example.com")),
        "uri" | "url" | "iri" | "uri-reference" | "iri-reference" => hints
            .token(is_url)
            .unwrap_or_else(|| format!("https://example.com/{number}")),
        "uri-template" => format!("https://example.com/{number}/{{id}}"),
        "hostname" | "idn-hostname" => format!("host{number}.example.com"),
        "ipv4" => format!("192.0.2.{number}"),
        "ipv6" => format!("2001:db8::{number:x}"),
        "uuid" => uuid(chance),
        "json-pointer" => format!("/{number}"),
        "relative-json-pointer" => number.to_string(),
        "regex" => "^[a-z]+$".to_owned(),
        _ => return None,
    })
}

fn is_email(token: &str) -> bool {
    token.split_once('@').is_some_and(|(name, host)| {
        let plain = |text: &str| {
            !text.is_empty()
                && text
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_.+".contains(&b))
        };
        let ends = |text: &str| text.starts_with('.') || text.ends_with('.') || text.contains("..");
        plain(name)
            && plain(host)
            && host.contains('.')
            && !ends(name)
            && !ends(host)
            && !host.contains(['_', '+'])
    })
}

fn is_url(token: &str) -> bool {
    let host = token
        .strip_prefix("https://")
        .or_else(|| token.strip_prefix("http://"));
    host.is_some_and(|rest| {
        rest.starts_with(|first: char| first.is_ascii_alphanumeric())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._~/?=&".contains(&byte))
    })
}

fn date(hints: &Hints<'_>, chance: &mut Chance) -> String {
    hints.token(is_date).unwrap_or_else(|| {
        format!(
            "2025-{:02}-{:02}",
            chance.below(12) + 1,
            chance.below(28) + 1
        )
    })
}

fn is_date(token: &str) -> bool {
    let shape = token
        .bytes()
        .map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
    let in_range = |range: std::ops::Range<usize>, most: u32| {
        token
            .get(range)
            .and_then(|digits| digits.parse().ok())
            .is_some_and(|number: u32| (1..=most).contains(&number))
    };
    // Days that not every month has are left aside.
    shape.eq(*b"0000-00-00") && in_range(5..7, 12) && in_range(8..10, 28)
}

fn time(chance: &mut Chance) -> String {
    format!(
        "{:02}:{:02}:{:02}",
        chance.below(24),
        chance.below(60),
        chance.below(60)
    )
}

fn uuid(chance: &mut Chance) -> String {
    let bits = u128::from(chance.number()) << 64 | u128::from(chance.number());
    let hex = format!("{bits:032x}");
    // Version 4, variant 1.
    format!(
        "{}-{}-4{}-a{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[13..16],
        &hex[17..20],
        &hex[20..]
    )
}
