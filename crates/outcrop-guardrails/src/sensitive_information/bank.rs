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
const IBAN_LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 \
    DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 \
    IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 \
    MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 \
    SM27 TN24 TR26 UA29 VA22 VG24 XK20";

/// Countries with banks in SWIFT's network and no IBAN, in one string of pairs.
const SWIFT_ONLY: &str = "USCACNJPINAUNZSGHKKRMXARCLCOPEVEZANGKEGHTHMYIDPHVNTWBDLKMAUYPYBOECRUPACU";

fn iban(candidate: &Candidate<'_>) -> Option<Hit> {
    let country = candidate.text.get(..2)?.to_ascii_uppercase();
    let length = iban_length(&country)?;
    let mut compact = String::with_capacity(length);
    for (offset, character) in candidate.text.char_indices() {
        if character.is_ascii_alphanumeric() {
            compact.push(character.to_ascii_uppercase());
        }
        if compact.len() == length {
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

/// How many characters an IBAN of `country` has.
fn iban_length(country: &str) -> Option<usize> {
    let mut entries = IBAN_LENGTHS.split_whitespace();
    entries.find_map(|entry| entry.strip_prefix(country)?.parse().ok())
}

fn swift(candidate: &Candidate<'_>) -> Option<Hit> {
    let country = candidate.text.get(4..6)?;
    let known = iban_length(country).is_some()
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
