//! Vehicles and who drives them.

use super::candidate::{Candidate, Hit};
use super::rule::Pattern;

/// ISO 3779: seventeen characters without I, O and Q; in North America the ninth is a check digit.
pub(super) const VEHICLE_IDENTIFICATION_NUMBER: &[Pattern] = &[Pattern {
    regex: r"\b[A-HJ-NPR-Z0-9]{17}\b",
    check: vehicle_identification_number,
}];

/// Letters and digits where a plate is spoken of.
pub(super) const LICENSE_PLATE: &[Pattern] = &[Pattern {
    regex: r"\b[A-Z0-9]{1,4}(?:[ -]?[A-Z0-9]{1,4}){1,2}\b",
    check: license_plate,
}];

/// Letters and digits where a driver's license is spoken of.
pub(super) const DRIVER_ID: &[Pattern] = &[Pattern {
    regex: r"\b[A-Z0-9][A-Z0-9-]{4,18}[A-Z0-9]\b",
    check: driver_id,
}];

const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

fn vehicle_identification_number(candidate: &Candidate<'_>) -> Option<Hit> {
    let spoken = candidate.near(&["vin", "vehicle identification", "chassis"]);
    let digits = candidate.digits().len();
    let letters = candidate.text.len() - digits;
    let checked = check_digit(candidate.text) == candidate.text.chars().nth(8);
    let plausible = digits >= 3 && (letters >= 1 || spoken);
    candidate.hit_if(
        plausible && (checked || spoken),
        if checked { 0.97 } else { 0.7 },
    )
}

/// What the ninth character is where there is a check digit.
fn check_digit(vin: &str) -> Option<char> {
    let sum: u32 = vin
        .chars()
        .zip(WEIGHTS)
        .map(|(character, weight)| value(character) * weight)
        .sum();
    match sum % 11 {
        10 => Some('X'),
        digit => char::from_digit(digit, 10),
    }
}

/// The number of a letter, by its place on the keys of ISO 3779.
fn value(character: char) -> u32 {
    match character {
        'A' | 'J' => 1,
        'B' | 'K' | 'S' => 2,
        'C' | 'L' | 'T' => 3,
        'D' | 'M' | 'U' => 4,
        'E' | 'N' | 'V' => 5,
        'F' | 'W' => 6,
        'G' | 'P' | 'X' => 7,
        'H' | 'Y' => 8,
        'R' | 'Z' => 9,
        digit => digit.to_digit(10).unwrap_or(0),
    }
}

fn license_plate(candidate: &Candidate<'_>) -> Option<Hit> {
    let compact = candidate
        .text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .count();
    let digit = candidate
        .text
        .contains(|character: char| character.is_ascii_digit());
    let spoken = candidate.follows(&[
        "license plate",
        "licence plate",
        "number plate",
        "plate number",
        "plate",
        "tag number",
        "registration plate",
        "registration number",
        "vehicle registration",
    ]);
    candidate.hit_if((4..=8).contains(&compact) && digit && spoken, 0.8)
}

fn driver_id(candidate: &Candidate<'_>) -> Option<Hit> {
    let spoken = candidate.follows(&[
        "driver's license",
        "drivers license",
        "driver license",
        "driver's licence",
        "driving licence",
        "driving license",
        "driver’s license",
        "license number",
        "licence number",
        "driver id",
        "dl number",
        "dl#",
        "dl",
    ]);
    let digits = candidate.digits().len();
    candidate.hit_if(digits >= 3 && spoken, 0.85)
}
