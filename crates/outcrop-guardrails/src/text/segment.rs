//! Text in segments: about a sentence each.
//!
//! Where a segment ends depends on the text alone and on a bounded look ahead, so that a stream is cut at the
//! same places however it arrives.

use super::slice;

/// The most bytes of a segment, but for the character at its end.
const SEGMENT_BYTES: usize = 600;

/// How much text has to follow the end of a segment before it is one, unless the text ends.
const AHEAD: usize = 8;

/// Words that end in a full stop which ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "acct", "apt", "ave", "blvd", "co", "corp", "dept", "dr", "etc", "ext", "fig", "gen", "inc",
    "jr", "lt", "ltd", "mr", "mrs", "ms", "no", "nos", "nr", "prof", "rd", "rev", "sgt", "sr",
    "st", "ste", "tel", "vs",
];

/// The end of the segment that starts at `from`, or nothing where that takes more text than there is. `last`
/// says that no more text follows.
pub(crate) fn next_segment(text: &str, from: usize, last: bool) -> Option<usize> {
    if from >= text.len() {
        return None;
    }
    let known = |end: usize| last || end + AHEAD <= text.len();
    let mut soft = None;
    for (offset, character) in slice(text, from, text.len()).char_indices() {
        let at = from + offset;
        let end = at + character.len_utf8();
        if !known(end) {
            return None;
        }
        if ends_sentence(text, from, at, character) {
            return Some(end);
        }
        if character.is_whitespace() && between_words(text, at, end) {
            soft = Some(end);
        }
        if end - from >= SEGMENT_BYTES {
            return Some(soft.unwrap_or(end));
        }
    }
    last.then_some(text.len())
}

/// The segments of a whole text.
pub(crate) fn segments(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let end = next_segment(text, from, true)?;
        let segment = slice(text, from, end);
        from = end;
        Some(segment)
    })
}

/// Whether the sentence ends with the character at `at`: the space after a full stop, an ideographic full stop,
/// or an empty line.
fn ends_sentence(text: &str, from: usize, at: usize, character: char) -> bool {
    if matches!(character, '。' | '！' | '？') {
        return true;
    }
    if !character.is_whitespace() {
        return false;
    }
    let before = slice(text, from, at);
    if character == '\n' && before.ends_with('\n') {
        return true;
    }
    let closed = before.trim_end_matches(['"', '\'', ')', ']', '”', '’']);
    if closed.ends_with(['!', '?']) {
        return true;
    }
    let Some(sentence) = closed.strip_suffix('.') else {
        return false;
    };
    let after = slice(text, at + character.len_utf8(), text.len());
    let next = after.chars().next();
    !abbreviated(sentence) && !next.is_some_and(|next| next.is_lowercase() || next.is_ascii_digit())
}

fn abbreviated(sentence: &str) -> bool {
    let word = sentence
        .rsplit(|character: char| !character.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let initial = word.chars().count() == 1 && !word.starts_with(|c: char| c.is_ascii_digit());
    initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

/// Whether the space at `at` stands between two words in lower case: a place that no name, number or address
/// goes across.
fn between_words(text: &str, at: usize, end: usize) -> bool {
    let before = slice(text, 0, at).chars().next_back();
    let after = slice(text, end, text.len()).chars().next();
    before.is_some_and(char::is_lowercase) && after.is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_segments_and_abbreviations_are_not() {
        let text = "Ask Dr. Smith at St. Mary. He knows! Version 2. 5 is out.\n\nEnd";
        let found: Vec<_> = segments(text).collect();
        assert_eq!(
            found,
            [
                "Ask Dr. Smith at St. Mary. ",
                "He knows! ",
                "Version 2. 5 is out.\n",
                "\nEnd"
            ]
        );
    }

    #[test]
    fn ideographic_stops_end_sentences() {
        assert_eq!(segments("東京です。はい！").count(), 2);
    }

    #[test]
    fn a_segment_is_bounded_with_and_without_spaces() {
        for text in ["x".repeat(5000), "word ".repeat(1000), "é".repeat(3000)] {
            assert!(segments(&text).all(|segment| segment.len() <= SEGMENT_BYTES + 4));
            assert_eq!(segments(&text).collect::<String>(), text);
        }
    }
}
