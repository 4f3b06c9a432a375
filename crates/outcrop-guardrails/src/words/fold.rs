//! Text without the differences that words do not have: case and the width of spaces.

/// Folded text, with where each of its bytes comes from.
#[derive(Debug)]
pub(super) struct Folded {
    pub(super) text: String,
    /// For each folded byte the start and the end of the character it is from.
    places: Vec<(usize, usize)>,
}

/// Folds `text`, which starts at the offset `base` of the whole.
pub(super) fn fold(text: &str, base: usize) -> Folded {
    let mut folded = Folded {
        text: String::with_capacity(text.len()),
        places: Vec::with_capacity(text.len()),
    };
    for (offset, character) in text.char_indices() {
        let start = base + offset;
        let end = start + character.len_utf8();
        if !character.is_whitespace() {
            character
                .to_lowercase()
                .for_each(|lower| folded.push(lower, start, end));
        } else if !folded.text.ends_with(' ') {
            folded.push(' ', start, end);
        }
    }
    folded
}

impl Folded {
    fn push(&mut self, character: char, start: usize, end: usize) {
        self.text.push(character);
        self.places.resize(self.text.len(), (start, end));
    }

    /// Where the folded bytes from `start` to `end` are in the text.
    pub(super) fn place(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let (first, _) = self.places.get(start)?;
        let (_, last) = self.places.get(end.checked_sub(1)?)?;
        Some((*first, *last))
    }

    /// Whether `character` makes words of the characters beside it.
    pub(super) fn is_word(character: char) -> bool {
        character.is_alphanumeric() && !is_unspaced(character)
    }
}

/// Thai, Lao, Burmese, Khmer, kana and ideographs.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character), 0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF
        | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}
