//! The `p` member of stream events.
//!
//! Every event of the real service's streams carries a prefix of one alphabet whose length hides how long the event's
//! tokens are (recorded lengths go from 2 to 61). Here the lengths look random too, but follow from the request, so
//! that the same request gives the same bytes.

const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345678";

/// The shortest padding that was recorded.
const SHORTEST: usize = 2;

/// The padding of the event with this index in the stream that answers a request with this seed.
#[must_use]
pub fn padding(seed: u64, index: u64) -> &'static str {
    let lengths = (ALPHABET.len() - SHORTEST + 1) as u64;
    let chosen = usize::try_from(mix(seed, index) % lengths).unwrap_or_default();
    &ALPHABET[..SHORTEST + chosen]
}

/// A seed that follows from a request's body.
#[must_use]
pub fn padding_seed(body: &[u8]) -> u64 {
    let length = body.len() as u64;
    (length << 32) | u64::from(crc32fast::hash(body))
}

/// Spreads seed and index over all bits (the finalizer of `SplitMix64`).
fn mix(seed: u64, index: u64) -> u64 {
    let mut bits = seed.wrapping_add(index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn same_request_same_padding() {
        let seed = padding_seed(b"{}");
        assert_eq!(padding(seed, 3), padding(padding_seed(b"{}"), 3));
        assert_ne!(padding_seed(b"{}"), padding_seed(b"[]"));
    }

    #[test]
    fn every_recorded_length_occurs_and_no_other() {
        let lengths: HashSet<usize> = (0..10_000).map(|index| padding(7, index).len()).collect();
        assert_eq!(lengths, (2..=61).collect());
        assert!((0..100).all(|index| ALPHABET.starts_with(padding(7, index))));
    }
}
