//! Verdicts from elsewhere: a model that knows better than a lexicon.

use std::collections::BTreeMap;

use crate::content::Image;
use crate::policy::{Confidence, Direction, FilterType};

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
        source: &'a str,
        /// The query.
        query: &'a str,
        /// The answer.
        answer: &'a str,
    },
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

impl OwnedSubject {
    fn of(subject: &Subject<'_>) -> Self {
        match *subject {
            Subject::Text { direction, text } => Self::Text(direction, text.to_owned()),
            Subject::Image { direction, image } => Self::Image(direction, image.bytes.to_vec()),
            Subject::Grounding {
                source,
                query,
                answer,
            } => Self::Grounding(source.to_owned(), query.to_owned(), answer.to_owned()),
        }
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
