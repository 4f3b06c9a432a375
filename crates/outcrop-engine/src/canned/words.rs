//! Words of a text, for comparing texts by what they share.

/// Words that say little about what a text is about, in lower case.
const COMMON: &[&str] = &[
    "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could",
    "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if",
    "in", "into", "is", "it", "its", "me", "my", "no", "not", "of", "on", "or", "our", "she", "so",
    "some", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "to",
    "was", "we", "were", "what", "when", "where", "which", "who", "why", "will", "with", "would",
    "you", "your",
];

/// The words of `text` in lower case: runs of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// How much a word tells about its text, from its commonness alone.
pub(super) fn weight(word: &str) -> f64 {
    if COMMON.binary_search(&word).is_ok() {
        0.1
    } else {
        1.0
    }
}

/// Calls `each` with every run of three characters of `word`, its ends marked, so that forms of one word share
/// most of theirs. `buffer` is scratch space.
pub(super) fn trigrams(word: &str, buffer: &mut Vec<char>, mut each: impl FnMut([char; 3])) {
    buffer.clear();
    buffer.push('^');
    buffer.extend(word.chars());
    buffer.push('$');
    for window in buffer.windows(3) {
        each([window[0], window[1], window[2]]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_sorted_for_the_search() {
        assert!(COMMON.is_sorted());
        assert!(weight("the") < weight("fox"));
    }

    #[test]
    fn words_are_lower_case_runs() {
        let found: Vec<_> = words("Don't PANIC, 42 Äpfel!").collect();
        assert_eq!(found, ["don", "t", "panic", "42", "äpfel"]);
    }
}
