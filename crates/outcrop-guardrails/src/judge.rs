//! Verdicts from elsewhere: a model that knows better than a lexicon.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::content::Image;
use crate::policy::{Confidence, Direction, FilterType, Topic};
use crate::text::next_segment;

/// Something that judges contents. It is asked once for each subject, and what it leaves open is decided by
/// Outcrop's own rules.
///
/// It has to answer at once. Who has a model to ask asks it first ([`crate::Guardrail::subjects`] tells what
/// for) and hands the answers over as [`Verdicts`]. In a stream it is asked as text arrives; one that waits there
/// has to be called where waiting is allowed.
pub trait Judge {
    /// The verdict on `subject`.
    fn judge(&self, subject: &Subject<'_>) -> Verdict;
}

/// What a judge is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Text: a whole guarded piece, or in a stream one window of it.
    Text {
        /// Where it comes from.
        direction: Direction,
        /// The text.
        text: &'a str,
    },
    /// An image.
    Image {
        /// Where it comes from.
        direction: Direction,
        /// The image.
        image: Image<'a>,
    },
    /// A whole answer, with what it has to be true to and about.
    Grounding {
        /// The sources, in the order of the request, a line break between them.
        source: Cow<'a, str>,
        /// The query.
        query: Cow<'a, str>,
        /// The answer.
        answer: Cow<'a, str>,
    },
}

/// What a guardrail has to ask a judge about contents of one direction.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions<'a> {
    /// The topics that texts may be about.
    pub topics: Vec<&'a Topic>,
    /// The categories that texts may belong to.
    pub text: Vec<FilterType>,
    /// The categories that images may belong to.
    pub images: Vec<FilterType>,
    /// Whether answers are compared with a source.
    pub grounding: bool,
}

/// What a judge says. Everything that it is silent about is decided by rule.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Verdict {
    /// Whether each topic, by its name, is talked about.
    pub topics: BTreeMap<String, bool>,
    /// How likely each category applies.
    pub filters: BTreeMap<FilterType, Confidence>,
    /// How grounded the answer is, from 0 to 1.
    pub grounding: Option<f64>,
    /// How relevant the answer is, from 0 to 1.
    pub relevance: Option<f64>,
}

/// Verdicts that are known already, in the order of [`crate::Guardrail::subjects`].
#[derive(Debug, Clone, Default)]
pub struct Verdicts(Vec<(OwnedSubject, Verdict)>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum OwnedSubject {
    Text(Direction, String),
    Image(Direction, Vec<u8>),
    Grounding(String, String, String),
}

impl Verdicts {
    /// Adds what is known about `subject`.
    pub fn add(&mut self, subject: &Subject<'_>, verdict: Verdict) {
        self.0.push((OwnedSubject::of(subject), verdict));
    }
}

impl Judge for Verdicts {
    fn judge(&self, subject: &Subject<'_>) -> Verdict {
        self.0
            .iter()
            .find(|(known, _)| known.is(subject))
            .map(|(_, verdict)| verdict.clone())
            .unwrap_or_default()
    }
}

/// The verdicts on the windows of a stream, given as the windows arrive.
///
/// A guardrail that another one has masked the text for asks about windows that nobody knows: it gets the sum of the last
/// verdicts, so that nothing passes for want of an equal text.
#[derive(Debug, Default)]
pub struct StreamVerdicts(Mutex<Verdicts>);

impl StreamVerdicts {
    /// Replaces what is known by the verdicts on the windows that have just arrived.
    pub fn replace(&self, verdicts: Verdicts) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = verdicts;
    }
}

impl Judge for StreamVerdicts {
    fn judge(&self, subject: &Subject<'_>) -> Verdict {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0.iter().any(|(known, _)| known.is(subject)) {
            return known.judge(subject);
        }
        let alike = known.0.iter().filter(|(known, _)| known.is_like(subject));
        let verdicts = alike.map(|(_, verdict)| verdict);
        verdicts.fold(Verdict::default(), Verdict::with)
    }
}

impl Verdict {
    /// Both verdicts: what either of them found.
    fn with(mut self, other: &Self) -> Self {
        for (topic, found) in &other.topics {
            *self.topics.entry(topic.clone()).or_default() |= found;
        }
        for (category, confidence) in &other.filters {
            let own = self.filters.entry(*category).or_default();
            *own = (*own).max(*confidence);
        }
        self.grounding = other.grounding.or(self.grounding);
        self.relevance = other.relevance.or(self.relevance);
        self
    }

    /// What this verdict says, and for what it is silent about what the other one says.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        for (topic, found) in other.topics {
            self.topics.entry(topic).or_insert(found);
        }
        for (category, confidence) in other.filters {
            self.filters.entry(category).or_insert(confidence);
        }
        self.grounding = self.grounding.or(other.grounding);
        self.relevance = self.relevance.or(other.relevance);
        self
    }
}

/// The windows of a stream: what a guardrail asks about while an answer arrives.
#[derive(Debug, Default)]
pub struct Windows {
    text: String,
    at: usize,
}

impl Windows {
    /// Takes the next piece; gives the windows that are complete with it.
    pub fn push(&mut self, delta: &str) -> Vec<String> {
        self.text.push_str(delta);
        self.complete(false)
    }

    /// Takes the end; gives the last windows.
    pub fn finish(&mut self) -> Vec<String> {
        self.complete(true)
    }

    /// All of the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    fn complete(&mut self, last: bool) -> Vec<String> {
        let mut windows = Vec::new();
        while let Some(end) = next_segment(&self.text, self.at, last) {
            windows.push(crate::text::slice(&self.text, self.at, end).to_owned());
            self.at = end;
        }
        windows
    }
}

impl OwnedSubject {
    fn of(subject: &Subject<'_>) -> Self {
        match *subject {
            Subject::Text { direction, text } => Self::Text(direction, text.to_owned()),
            Subject::Image { direction, image } => Self::Image(direction, image.bytes.to_vec()),
            Subject::Grounding {
                ref source,
                ref query,
                ref answer,
            } => Self::Grounding(
                source.clone().into_owned(),
                query.clone().into_owned(),
                answer.clone().into_owned(),
            ),
        }
    }

    /// Whether it is of the same kind.
    fn is_like(&self, subject: &Subject<'_>) -> bool {
        matches!(
            (self, subject),
            (Self::Text(..), Subject::Text { .. })
                | (Self::Image(..), Subject::Image { .. })
                | (Self::Grounding(..), Subject::Grounding { .. })
        )
    }

    fn is(&self, subject: &Subject<'_>) -> bool {
        match (self, subject) {
            (Self::Text(own, known), Subject::Text { direction, text }) => {
                own == direction && known == text
            }
            (Self::Image(own, known), Subject::Image { direction, image }) => {
                own == direction && known == image.bytes
            }
            (
                Self::Grounding(source, query, answer),
                Subject::Grounding {
                    source: other_source,
                    query: other_query,
                    answer: other_answer,
                },
            ) => source == other_source && query == other_query && answer == other_answer,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(text: &str) -> Subject<'_> {
        Subject::Text {
            direction: Direction::Output,
            text,
        }
    }

    #[test]
    fn windows_are_the_segments_however_the_text_is_cut() {
        let text = "Ask Dr. Smith. He knows! And \u{6771}\u{4eac}\u{3002}so on, without an end";
        let whole: Vec<_> = crate::text::segments(text).map(str::to_owned).collect();
        for size in [1, 3, 7, 100] {
            let mut windows = Windows::default();
            let characters: Vec<char> = text.chars().collect();
            let mut found = Vec::new();
            for piece in characters.chunks(size) {
                found.extend(windows.push(&piece.iter().collect::<String>()));
            }
            found.extend(windows.finish());
            assert_eq!(found, whole, "{size}");
        }
    }

    #[test]
    fn an_unknown_window_gets_the_sum_of_the_last_verdicts() {
        let verdict = |topic: &str, confidence| Verdict {
            topics: [(topic.to_owned(), true)].into(),
            filters: [(FilterType::Hate, confidence)].into(),
            ..Verdict::default()
        };
        let mut verdicts = Verdicts::default();
        verdicts.add(&about("a"), verdict("one", Confidence::High));
        verdicts.add(&about("b"), verdict("two", Confidence::Low));
        let stream = StreamVerdicts::default();
        stream.replace(verdicts);
        assert_eq!(stream.judge(&about("b")).topics.len(), 1);
        let sum = stream.judge(&about("{MASK}"));
        assert_eq!(sum.topics.len(), 2);
        assert_eq!(sum.filters[&FilterType::Hate], Confidence::High);
    }
}
