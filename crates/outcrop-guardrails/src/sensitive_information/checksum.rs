//! Check digits.

/// ISO/IEC 7812: cards, and Canadian social insurance numbers.
pub(super) fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| {
            let digit = u32::from(digit);
            match (place % 2 == 1, digit * 2) {
                (false, _) => digit,
                (true, double) if double > 9 => double - 9,
                (true, double) => double,
            }
        })
        .sum();
    digits.iter().any(|&digit| digit != 0) && sum.is_multiple_of(10)
}

/// ISO 13616: the IBAN's remainder by 97. `iban` is in capitals without spaces.
pub(super) fn mod_97(iban: &str) -> bool {
    let (Some(head), Some(tail)) = (iban.get(..4), iban.get(4..)) else {
        return false;
    };
    let mut remainder = 0;
    for character in tail.chars().chain(head.chars()) {
        let Some(value) = character.to_digit(36) else {
            return false;
        };
        let shift = if value < 10 { 10 } else { 100 };
        remainder = (remainder * shift + value) % 97;
    }
    remainder == 1
}

/// The sum of digits by `weights`, as far as both go.
pub(super) fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    let products = digits.iter().zip(weights);
    products
        .map(|(&digit, weight)| u32::from(digit) * weight)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_of_published_examples() {
        let digits = |text: &str| text.bytes().map(|byte| byte - b'0').collect::<Vec<_>>();
        assert!(luhn(&digits("4111111111111111")) && !luhn(&digits("4111111111111112")));
        assert!(!luhn(&digits("0000000000000000")));
        assert!(mod_97("GB82WEST12345698765432") && !mod_97("GB82WEST12345698765431"));
        assert!(!mod_97("é"));
        assert_eq!(weighted(&[1, 2], &[3, 7]), 17);
    }
}
