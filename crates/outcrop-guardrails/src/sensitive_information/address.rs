//! Postal addresses and places.
//!
//! Streets by their form, places by a list of countries, states and larger cities: the service calls both an
//! address (recorded: `Tokyo`, `Japan`).

use super::candidate::{Candidate, Hit, certain};
use super::rule::Pattern;

/// Street lines of several languages, boxes, units, postcodes with their place, and known places.
pub(super) const ADDRESS: &[Pattern] = &[
    Pattern {
        regex: r"\b[0-9]{1,5}(?:-[0-9]{1,4})?[A-Za-z]?\s+(?:[NSEW]{1,2}\.?\s+|North\s+|South\s+|East\s+|West\s+)?(?:[\p{Lu}0-9][\p{L}\p{N}'’.-]*\s+){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Square|Sq|Place|Pl|Terrace|Way|Parkway|Pkwy|Highway|Hwy|Crescent|Close|Alley|Row)\b\.?(?:,?\s+(?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|#)\.?\s*#?[\p{L}\p{N}-]+)?(?:,\s*\p{Lu}[\p{L}.'-]+(?:\s+\p{Lu}[\p{L}.'-]+){0,2}){0,3}(?:,?\s+[A-Z]{2}\b)?(?:\s+[0-9]{5}(?:-[0-9]{4})?\b)?",
        check: certain,
    },
    Pattern {
        regex: r"(?i)\bP\.?\s?O\.?\s+Box\s+[0-9]{1,7}\b",
        check: certain,
    },
    Pattern {
        regex: r"\b(?:Suite|Apartment|Apt\.?|Building|Unit)\s+#?[0-9]{1,5}[A-Z]?\b(?:,\s*(?:Building|Floor|Unit)\s+#?[0-9]{1,5}[A-Z]?\b)?",
        check: street,
    },
    Pattern {
        regex: r"\b\p{Lu}\p{L}*(?:straße|strasse|str\.|gasse|weg|platz|allee)\s+[0-9]{1,4}[a-z]?\b(?:,?\s+[0-9]{5}\s+\p{Lu}\p{L}+)?",
        check: street,
    },
    Pattern {
        regex: r"\b[0-9]{1,4}(?:\s?bis|\s?ter)?,?\s+(?:rue|avenue|boulevard|place|chemin|impasse|quai)\s+(?:d[eu]s?\s+|de\s+la\s+|de\s+l['’])?[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2}(?:,?\s+[0-9]{5}\s+\p{Lu}\p{L}+)?",
        check: street,
    },
    Pattern {
        regex: r"\b(?:[Cc]alle|[Aa]venida|[Vv]ia|[Pp]iazza)\s+(?:de\s+|del\s+|di\s+)?\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+){0,2},?\s+[0-9]{1,4}\b",
        check: street,
    },
    Pattern {
        regex: r"\b\p{Lu}[\p{L}.'-]+(?:\s+\p{Lu}[\p{L}.'-]+){0,2},\s*[A-Z]{2}\s+[0-9]{5}(?:-[0-9]{4})?\b",
        check: certain,
    },
    Pattern {
        regex: r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\s[0-9][ABD-HJLNP-UW-Z]{2}\b|\b[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z]\s[0-9][ABCEGHJ-NPRSTV-Z][0-9]\b",
        check: street,
    },
    Pattern {
        regex: include_str!("../../data/places.regex"),
        check: place,
    },
];

fn street(candidate: &Candidate<'_>) -> Option<Hit> {
    candidate.hit(0.85)
}

/// Places in the names of companies and languages are none; a list cannot know more.
fn place(candidate: &Candidate<'_>) -> Option<Hit> {
    let next = candidate
        .after
        .trim_start()
        .split(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let organization = [
        "Inc",
        "Corp",
        "Ltd",
        "LLC",
        "Times",
        "Post",
        "Airlines",
        "University",
    ];
    candidate.hit_if(!organization.contains(&next), 0.5)
}
