//! What is found in a text, and where.

use crate::plan::Plan;
use crate::policy::{Action, Confidence};
use crate::sensitive_information::Entity;
use crate::words::WordMatch;

/// Something that was found. Offsets are bytes of the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The matched text; empty where a whole segment is meant.
    pub(crate) text: String,
    pub(crate) kind: Kind,
}

/// What it is. Indexes are those of the plan.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Kind {
    /// A denied topic.
    Topic(usize),
    /// Harmful content.
    Filter(usize, Confidence),
    /// A word.
    Word(WordMatch),
    /// Something personal.
    Pii(Entity),
    /// A match of a custom regex.
    Regex(usize),
}

impl Finding {
    /// What it leads to.
    pub(crate) fn action(&self, plan: &Plan) -> Action {
        match &self.kind {
            Kind::Topic(index) => plan
                .topics
                .get(*index)
                .map_or(Action::None, |topic| whole(topic.action)),
            Kind::Filter(index, confidence) => plan
                .filters
                .get(*index)
                .filter(|filter| filter.detects(*confidence))
                .map_or(Action::None, |filter| whole(filter.action)),
            Kind::Word(word) => whole(word.action),
            Kind::Pii(entity) => entity.action,
            Kind::Regex(index) => plan
                .regexes
                .get(*index)
                .map_or(Action::None, |regex| regex.action),
        }
    }

    /// What its text is replaced by where it is masked.
    pub(crate) fn mask(&self, plan: &Plan) -> Option<String> {
        if self.action(plan) != Action::Anonymize {
            return None;
        }
        match &self.kind {
            Kind::Pii(entity) => Some(format!("{{{}}}", entity.kind.as_str())),
            Kind::Regex(index) => Some(format!("{{{}}}", plan.regexes.get(*index)?.name)),
            Kind::Topic(_) | Kind::Filter(..) | Kind::Word(_) => None,
        }
    }
}

/// The action of what concerns a whole content: nothing of it can be masked.
fn whole(action: Action) -> Action {
    match action {
        Action::None => Action::None,
        Action::Anonymize | Action::Block => Action::Block,
    }
}
