//! `<think>` text at the start of an answer: reasoning that a server did not tell apart.

const OPEN: &str = "<think>";
const CLOSE: &str = "</think>";

/// A piece of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Reasoning(String),
}

/// Tells reasoning from text, however the tags are cut.
#[derive(Debug, Default)]
pub(super) struct Think {
    state: State,
    /// What may be the start of a tag.
    held: String,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Nothing but blanks so far.
    #[default]
    Start,
    /// The same, where all of the text is there.
    Whole,
    /// The same, where the tag was written before the answer began.
    Opened,
    Inside,
    /// Blanks after the tag belong to it.
    After,
    Text,
}

impl Think {
    /// For an answer that comes whole. Chat templates that open the reasoning leave the opening tag to the
    /// prompt: then the answer has the closing one only. In a stream the text before it is gone.
    pub(super) fn of_whole() -> Self {
        Self {
            state: State::Whole,
            held: String::new(),
        }
    }

    /// Whether all further text is no reasoning, so that none of it has to come here.
    pub(super) fn is_over(&self) -> bool {
        self.state == State::Text
    }

    /// For an answer whose opening tag the chat template wrote. It may have one all the same.
    pub(super) fn opened() -> Self {
        Self {
            state: State::Opened,
            held: String::new(),
        }
    }

    /// The server tells reasoning apart, so that the text has none.
    pub(super) fn told_apart(&mut self) {
        if self.state == State::Opened {
            self.state = State::Start;
        }
    }

    /// Takes the next text.
    pub(super) fn feed(&mut self, text: &str) -> Vec<Piece> {
        self.held.push_str(text);
        let mut pieces = Vec::new();
        while self.step(&mut pieces) {}
        pieces
    }

    /// What was held back, when nothing more comes.
    pub(super) fn finish(&mut self) -> Option<Piece> {
        let held = std::mem::take(&mut self.held);
        if held.is_empty() {
            return None;
        }
        Some(match self.state {
            State::Inside | State::Opened => Piece::Reasoning(held),
            State::Start | State::Whole | State::After | State::Text => Piece::Text(held),
        })
    }

    /// Goes on by one state, if it can.
    fn step(&mut self, pieces: &mut Vec<Piece>) -> bool {
        match self.state {
            State::Whole => {
                let is_open = self.held.trim_start().starts_with(OPEN);
                self.state = if !is_open && self.held.contains(CLOSE) {
                    State::Inside
                } else {
                    State::Start
                };
                return true;
            }
            State::Start | State::Opened => {
                let said = self.held.trim_start();
                if let Some(rest) = said.strip_prefix(OPEN) {
                    self.held = rest.to_owned();
                    self.state = State::Inside;
                    return true;
                }
                if !OPEN.starts_with(said) {
                    self.state = match self.state {
                        State::Opened => State::Inside,
                        _ => State::Text,
                    };
                    return true;
                }
            }
            State::Inside => {
                if let Some((reasoning, rest)) = self.held.split_once(CLOSE) {
                    push(pieces, Piece::Reasoning(reasoning.to_owned()));
                    self.held = rest.to_owned();
                    self.state = State::After;
                    return true;
                }
                let keep = held_back(&self.held);
                let rest = self.held.split_off(self.held.len() - keep);
                let reasoning = std::mem::replace(&mut self.held, rest);
                push(pieces, Piece::Reasoning(reasoning));
            }
            State::After => {
                self.held = self.held.trim_start().to_owned();
                if !self.held.is_empty() {
                    self.state = State::Text;
                    return true;
                }
            }
            State::Text => push(pieces, Piece::Text(std::mem::take(&mut self.held))),
        }
        false
    }
}

fn push(pieces: &mut Vec<Piece>, piece: Piece) {
    let (Piece::Text(text) | Piece::Reasoning(text)) = &piece;
    if !text.is_empty() {
        pieces.push(piece);
    }
}

/// Bytes at the end of `text` with which the closing tag may begin.
fn held_back(text: &str) -> usize {
    let longest = CLOSE.len().min(text.len() + 1);
    (1..longest)
        .rev()
        .find(|&length| text.ends_with(&CLOSE[..length]))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reasoning and text, joined, of an answer that comes in these pieces.
    fn told<'a>(pieces: impl IntoIterator<Item = &'a str>) -> (String, String) {
        let mut think = Think::default();
        let mut all: Vec<_> = pieces
            .into_iter()
            .flat_map(|piece| think.feed(piece))
            .collect();
        all.extend(think.finish());
        let (mut reasoning, mut text) = (String::new(), String::new());
        for piece in all {
            match piece {
                Piece::Text(piece) => text.push_str(&piece),
                Piece::Reasoning(piece) => reasoning.push_str(&piece),
            }
        }
        (reasoning, text)
    }

    #[test]
    fn tags_are_found_however_they_are_cut() {
        let answer = "\n<think>a < b, </thin> é🎂</think>\n\nYes </think>.";
        let expected = ("a < b, </thin> é🎂".to_owned(), "Yes </think>.".to_owned());
        assert_eq!(told([answer]), expected);
        let characters = answer
            .char_indices()
            .map(|(at, c)| &answer[at..at + c.len_utf8()]);
        assert_eq!(told(characters), expected);
    }

    #[test]
    fn a_whole_answer_may_lack_the_opening_tag() {
        let whole = |text: &str| {
            let mut think = Think::of_whole();
            let mut pieces = think.feed(text);
            pieces.extend(think.finish());
            pieces
        };
        let reasoning = || Piece::Reasoning("so\n".to_owned());
        let said = || Piece::Text("Yes".to_owned());
        assert_eq!(whole("so\n</think>\n\nYes"), [reasoning(), said()]);
        assert_eq!(whole("<think>so\n</think>Yes"), [reasoning(), said()]);
        assert_eq!(whole("Yes"), [said()]);
    }

    #[test]
    fn an_answer_may_begin_within_the_reasoning() {
        for answer in ["so\n</think>\n\nYes", "<think>so\n</think>\n\nYes"] {
            let mut think = Think::opened();
            let mut pieces: Vec<_> = (answer.split_inclusive(' '))
                .flat_map(|piece| think.feed(piece))
                .collect();
            pieces.extend(think.finish());
            let expected = [
                Piece::Reasoning("so\n".to_owned()),
                Piece::Text("Yes".to_owned()),
            ];
            assert_eq!(pieces, expected, "{answer}");
        }
        let mut think = Think::opened();
        assert_eq!(think.feed("so"), [Piece::Reasoning("so".to_owned())]);
        let mut think = Think::opened();
        think.told_apart();
        assert_eq!(think.feed("Yes"), [Piece::Text("Yes".to_owned())]);
    }

    #[test]
    fn a_tag_within_text_is_text() {
        for answer in ["The tag <think> opens.", " <thin", "<", "", "<b>bold</b>"] {
            assert_eq!(told([answer]), (String::new(), answer.to_owned()));
        }
    }

    #[test]
    fn reasoning_that_was_cut_off_is_reasoning() {
        assert_eq!(
            told(["<think>so </th"]),
            ("so </th".to_owned(), String::new())
        );
    }

    #[test]
    fn text_is_not_held_back() {
        let mut think = Think::default();
        assert_eq!(think.feed("Hi"), [Piece::Text("Hi".to_owned())]);
        assert_eq!(think.feed(" <"), [Piece::Text(" <".to_owned())]);
    }
}
