//! Token counts, the same in every operation.
//!
//! One real byte-pair encoding (`cl100k_base`) stands for the tokenizers of all models: providers publish
//! no tokenizer for most of theirs, so counts are realistic in size rather than equal to the provider's.
//! The vocabulary takes about 25 ms and 12 MB to unpack, which the first count pays; [`warm`] moves that
//! off the first request.

use std::sync::OnceLock;

use tiktoken::CoreBpe;

/// Text beyond this many bytes is not encoded; its count follows from the share before it. It bounds the
/// work for one request to some milliseconds, also for input made to be slow to encode.
const EXACT_BYTES: usize = 1 << 20;

fn encoding() -> &'static CoreBpe {
    static ENCODING: OnceLock<CoreBpe> = OnceLock::new();
    ENCODING.get_or_init(tiktoken::encoding::cl100k_base)
}

/// Unpacks the vocabulary now instead of at the first count. Blocks for some 25 ms.
pub fn warm() {
    encoding();
}

/// The number of tokens in `text`.
#[must_use]
pub fn count(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    let exact = prefix(text, EXACT_BYTES);
    let counted = encoding().count(exact) as u64;
    if exact.len() == text.len() {
        return counted;
    }
    counted * text.len() as u64 / exact.len() as u64
}

/// The longest prefix of `text` that ends on a character boundary and has at most `limit` tokens, or
/// `None` when the whole text does.
#[must_use]
pub fn truncate(text: &str, limit: u64) -> Option<&str> {
    // A token is at least one byte, so a text this short fits without encoding it.
    if text.len() as u64 <= limit {
        return None;
    }
    let encoding = encoding();
    let tokens = encoding.encode(prefix(text, EXACT_BYTES));
    let keep = usize::try_from(limit).unwrap_or(usize::MAX);
    if tokens.len() <= keep {
        return None;
    }
    let bytes = encoding.decode(&tokens[..keep]).len();
    Some(prefix(text, bytes))
}

/// Cuts `text` to at most `bytes` bytes, on a character boundary.
pub(crate) fn prefix(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_like_the_published_encoding() {
        assert_eq!(count(""), 0);
        assert_eq!(count("hello world"), 2);
        assert_eq!(count("tiktoken is great!"), 6);
        assert_eq!(count("お誕生日おめでとう"), 9);
    }

    #[test]
    fn truncates_to_the_asked_number_of_tokens() {
        let text = "The quick brown fox jumps over the lazy dog.";
        for limit in 0..10 {
            let cut = truncate(text, limit).unwrap();
            assert!(text.starts_with(cut));
            assert_eq!(count(cut), limit, "{cut:?}");
        }
        assert_eq!(truncate(text, 10), None);
    }

    #[test]
    fn truncation_never_splits_a_character() {
        let text = "お誕生日おめでとう 🎂🎂🎂";
        for limit in 0..count(text) {
            let cut = truncate(text, limit).unwrap();
            assert!(text.starts_with(cut));
            assert!(count(cut) <= limit);
        }
    }

    #[test]
    fn very_long_text_is_extrapolated() {
        let text = "one two three ".repeat(300_000);
        let tokens = count(&text);
        assert!((890_000..=910_000).contains(&tokens), "{tokens}");
    }
}
