//! Hashes as the answers have them.

use std::fmt::Write;

use serde::Serialize;
use sha2::{Digest, Sha256, Sha512};

/// 64 lower-case hexadecimal digits: a document's SHA-256, with which its owner can check it.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// 128 lower-case hexadecimal digits, the length that the official model's `AutomatedReasoningPolicyHash` has. What the service
/// hashes is not published; clients only compare.
pub(crate) fn sha512(value: &impl Serialize) -> String {
    hex(&Sha512::digest(
        serde_json::to_vec(value).unwrap_or_default(),
    ))
}

fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert!(sha512(&1).starts_with("4dff4ea340f0a823f15d3f4f01ab62ea"));
        assert_eq!(sha512(&1).len(), 128);
    }
}
