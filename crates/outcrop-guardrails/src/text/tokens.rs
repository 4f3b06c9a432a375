//! Words of a text.

use super::stem;

/// A word, with where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The word in lower case.
    pub(crate) word: String,
    /// Its stem.
    pub(crate) stem: String,
}

/// The words of `text`: runs of letters and digits, with apostrophes left out. A character of a script that is
/// written without spaces is a word of its own.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut word = String::new();
    for character in text.chars() {
        if is_unspaced(character) {
            end(&mut word, &mut found);
            word.push(character);
            end(&mut word, &mut found);
        } else if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        } else if !matches!(character, '\'' | '’') {
            end(&mut word, &mut found);
        }
    }
    end(&mut word, &mut found);
    found
}

/// The stems of the words of `text`.
pub(crate) fn stems(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.stem).collect()
}

fn end(word: &mut String, found: &mut Vec<Token>) {
    if !word.is_empty() {
        found.push(Token {
            stem: stem(word),
            word: std::mem::take(word),
        });
    }
}

/// Whether words of this script are written without spaces between them.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF
        | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_in_every_script() {
        let words = |text| -> Vec<_> { tokens(text).into_iter().map(|token| token.word).collect() };
        assert_eq!(words("Don't STOP, größer!"), ["dont", "stop", "größer"]);
        assert_eq!(words("東京 abc"), ["東", "京", "abc"]);
        assert!(words(" … ").is_empty());
    }
}
