//! Signatures of reasoning text, which a client sends back with it on the next turn.

use aws_smithy_types::base64;

use super::chance::{Chance, hash64};

/// What tells our own signatures from those that a client brings along from the real service.
const MARK: [u8; 6] = *b"otcrp1";
/// Real signatures are opaque and some hundred characters long; this makes 240 of them.
const LENGTH: usize = 180;

/// What a signature says about its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Made here, for this text.
    Valid,
    /// Made here, for another text.
    Invalid,
    /// Made elsewhere: nothing can be said about it, so it is accepted.
    Foreign,
}

/// The signature of `text`, base64.
#[must_use]
pub fn sign(text: &str) -> String {
    let mut bytes = Vec::with_capacity(LENGTH);
    bytes.extend_from_slice(&MARK);
    let mut chance = Chance::new(hash64(text.as_bytes(), 0));
    while bytes.len() < LENGTH {
        bytes.extend_from_slice(&chance.number().to_le_bytes());
    }
    bytes.truncate(LENGTH);
    base64::encode(bytes)
}

/// Whether `signature` belongs to `text`.
#[must_use]
pub fn verify(text: &str, signature: &str) -> Verdict {
    if !signature.starts_with(&base64::encode(MARK)) {
        Verdict::Foreign
    } else if signature == sign(text) {
        Verdict::Valid
    } else {
        Verdict::Invalid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_belongs_to_one_text() {
        let signature = sign("first, second");
        assert_eq!(signature.len(), 240);
        assert_eq!(verify("first, second", &signature), Verdict::Valid);
        assert_eq!(verify("first", &signature), Verdict::Invalid);
        assert_eq!(verify("first, second", &signature[..200]), Verdict::Invalid);
    }

    #[test]
    fn signatures_of_the_real_service_are_left_alone() {
        assert_eq!(verify("anything", "EqoBCkgIBxABGAIiQ"), Verdict::Foreign);
        assert_eq!(verify("anything", ""), Verdict::Foreign);
    }
}
