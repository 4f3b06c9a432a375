//! Identifiers in the shapes that Claude's native answers have.

use outcrop_engine::canned::{chance, ids};

use super::generation::Generation;

/// The id of an answer; `request` is a hash of the request.
///
/// The newest models spell 32 bytes in base 32 (recorded:
/// `msg_bdrk_er2hevp3kltzds335kiev73amxxstt3go2joi3x3egl7vkircylq`).
pub(super) fn message(request: u64, generation: Generation) -> String {
    if generation != Generation::Newest {
        return ids::claude_message(request);
    }
    let words = [0, 1, 2, 3].map(|index| chance::hash64(&request.to_le_bytes(), index));
    format!("msg_bdrk_{}", base32(words))
}

/// The 256 bits of these words, five to a character: 52 characters.
fn base32(words: [u64; 4]) -> String {
    let bit = |place: usize| {
        let word = words.get(place / 64).copied().unwrap_or_default();
        u8::from(word >> (63 - place % 64) & 1 == 1)
    };
    let digit = |index: usize| (0..5).fold(0, |digit, place| digit << 1 | bit(index * 5 + place));
    let spell = |digit: u8| match digit {
        0..26 => char::from(b'a' + digit),
        _ => char::from(b'2' + (digit - 26)),
    };
    (0..52).map(digit).map(spell).collect()
}

/// The id of a tool call. Converse's own ids are spelled anew, others are kept.
pub(super) fn tool_use(id: &str) -> String {
    if id.starts_with("tooluse_") {
        ids::claude_tool_use(chance::hash64(id.as_bytes(), 0), 0)
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_ids_are_longer() {
        let short = message(1, Generation::Current);
        assert!(
            short.starts_with("msg_bdrk_01") && short.len() == 33,
            "{short}"
        );
        let long = message(1, Generation::Newest);
        assert!(long.starts_with("msg_bdrk_") && long.len() == 61, "{long}");
        // 255 bits fill 51 characters: the last one has the remaining bit, and zeros.
        assert!(long.ends_with(['a', 'q']), "{long}");
        assert_ne!(long, message(2, Generation::Newest));
    }
}
