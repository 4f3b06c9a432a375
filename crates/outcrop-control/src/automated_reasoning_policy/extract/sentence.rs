//! Sentences of a document.

/// A sentence, or a line that stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sentence {
    pub(crate) text: String,
    /// The lines that it stands on; the first one is 1.
    pub(crate) lines: Vec<i32>,
}

/// The sentences of a text, without the marks of lists and headings.
pub(crate) fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut open = Open::default();
    for (line, number) in text.lines().zip(1_i32..) {
        let line = line.trim();
        let body = line
            .trim_start_matches(['-', '*', '•', '#', '>'])
            .trim_start();
        if body.len() < line.len() || line.is_empty() {
            open.close(&mut found);
        }
        for word in body.split_whitespace() {
            open.add(word, number);
            if ends(word) {
                open.close(&mut found);
            }
        }
        if line.starts_with('#') {
            open.close(&mut found);
        }
    }
    open.close(&mut found);
    found
}

/// Whether a sentence ends with the word. `1.` and `e.g.` do not end one.
fn ends(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')', '”']);
    match bare.strip_suffix('.') {
        Some(rest) => {
            rest.len() > 1 && !rest.contains('.') && rest.chars().any(char::is_alphabetic)
                || rest.len() > 1 && rest.chars().all(|letter| letter.is_ascii_digit())
        }
        None => bare.ends_with(['!', '?', ';']),
    }
}

#[derive(Default)]
struct Open {
    words: Vec<String>,
    lines: Vec<i32>,
}

impl Open {
    fn add(&mut self, word: &str, line: i32) {
        self.words.push(word.to_owned());
        if self.lines.last() != Some(&line) {
            self.lines.push(line);
        }
    }

    fn close(&mut self, found: &mut Vec<Sentence>) {
        let Self { words, lines } = std::mem::take(self);
        if !words.is_empty() {
            found.push(Sentence {
                text: words.join(" "),
                lines,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_know_their_lines() {
        let text = "# Leave\n\nFull-time staff may\ntake leave. Others, e.g. interns, may not!\n- One\n- Two";
        let found = sentences(text);
        let texts: Vec<_> = found.iter().map(|found| found.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Leave",
                "Full-time staff may take leave.",
                "Others, e.g. interns, may not!",
                "One",
                "Two"
            ]
        );
        assert_eq!(found.get(1).unwrap().lines, [3, 4]);
        assert_eq!(found.get(2).unwrap().lines, [4]);
    }
}
