//! Bank accounts: IBAN and routing numbers by check digit, the rest by the words around them.

use super::candidate::{Candidate, Hit};
use super::checksum::{mod_97, weighted};
use super::rule::Pattern;

/// Country, check digits, and the account in groups or in one.
pub(super) const IBAN: &[Pattern] = &[Pattern {
    regex: r"\b[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]){11,40}",
    check: iban,
}];

/// Bank, country and place.
pub(super) const SWIFT_CODE: &[Pattern] = &[Pattern {
    regex: r"\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b",
    check: swift,
}];

/// Nine digits with ABA's check digit where routing is spoken of.
pub(super) const US_BANK_ROUTING_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b[0-9]{9}\b",
    check: routing,
}];

/// Digits where an account is spoken of.
pub(super) const US_BANK_ACCOUNT_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b[0-9]{6,17}\b",
    check: account,
}];

/// The lengths of IBANs, by country (SWIFT's IBAN registry).
const IBAN_LENGTHS: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BG", 22),
    ("BH", 22),
    ("BR", 29),
    ("BY", 28),
    ("CH", 21),
    ("CR", 22),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("DO", 28),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FO", 18),
    ("FR", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GR", 27),
    ("GT", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MK", 19),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("NL", 18),
    ("NO", 15),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("SA", 24),
    ("SC", 31),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
];

/// Countries with banks in SWIFT's network and no IBAN, in one string of pairs.
const SWIFT_ONLY: &str = "USCACNJPINAUNZSGHKKRMXARCLCOPEVEZANGKEGHTHMYIDPHVNTWBDLKMAUYPYBOECRUPACU";

fn iban(candidate: &Candidate<'_>) -> Option<Hit> {
    let country = candidate.text.get(..2)?.to_ascii_uppercase();
    let (_, length) = IBAN_LENGTHS.iter().find(|(known, _)| *known == country)?;
    let mut compact = String::with_capacity(*length);
    for (offset, character) in candidate.text.char_indices() {
        if character.is_ascii_alphanumeric() {
            compact.push(character.to_ascii_uppercase());
        }
        if compact.len() == *length {
            let bytes = offset + character.len_utf8();
            let rest = candidate.text.get(bytes..).unwrap_or(candidate.after);
            let whole = !rest.starts_with(|next: char| next.is_alphanumeric());
            return (whole && mod_97(&compact)).then_some(Hit {
                confidence: 0.99,
                bytes,
            });
        }
    }
    None
}

fn swift(candidate: &Candidate<'_>) -> Option<Hit> {
    let country = candidate.text.get(4..6)?;
    let known = IBAN_LENGTHS.iter().any(|(known, _)| *known == country)
        || SWIFT_ONLY
            .as_bytes()
            .chunks(2)
            .any(|pair| pair == country.as_bytes());
    let spoken = candidate.near(&["swift", "bic", "wire", "bank", "iban"]);
    candidate.hit_if(known && spoken, 0.9)
}

fn routing(candidate: &Candidate<'_>) -> Option<Hit> {
    let digits = candidate.digits();
    let checked = weighted(&digits, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10);
    let district = digits
        .iter()
        .take(2)
        .fold(0, |number, digit| number * 10 + digit);
    let given = matches!(district, 1..=12 | 21..=32 | 61..=72 | 80);
    let spoken = candidate.near(&["routing", "aba", "rtn", "transit"]);
    candidate.hit_if(checked && given && spoken, 0.95)
}

fn account(candidate: &Candidate<'_>) -> Option<Hit> {
    let words = &["account", "acct", "checking", "savings"];
    let routing =
        candidate.follows(&["routing number", "routing", "aba"]) && candidate.text.len() == 9;
    let spoken = candidate.follows(words);
    let bank = candidate.near(&[
        "bank", "checking", "savings", "deposit", "wire", "routing", "acct",
    ]) || candidate.follows(&["account number", "account no", "account #", "account"]);
    candidate.hit_if(spoken && bank && !routing, 0.75)
}
