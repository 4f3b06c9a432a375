//! New ids.

use uuid::Uuid;

const LETTERS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// Twelve lower-case letters and digits, as the ids of most resources have them (the official model's ARN patterns).
pub(crate) fn id12() -> String {
    // 122 random bits: the 62 that twelve letters take are evenly spread.
    let mut random = Uuid::new_v4().as_u128() >> 66;
    let mut id = String::with_capacity(12);
    for _ in 0..12 {
        let place = usize::try_from(random % 36).unwrap_or_default();
        id.push(LETTERS.get(place).copied().map_or('a', char::from));
        random /= 36;
    }
    id
}

/// A random UUID.
pub(crate) fn uuid() -> String {
    Uuid::new_v4().to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_of_the_form_and_differ() {
        let ids: HashSet<String> = (0..1000).map(|_| id12()).collect();
        assert_eq!(ids.len(), 1000);
        let is_of_form =
            |id: &String| id.len() == 12 && id.bytes().all(|byte| LETTERS.contains(&byte));
        assert!(ids.iter().all(is_of_form));
    }
}
