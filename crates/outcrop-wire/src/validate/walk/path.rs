//! Where in the input the walk is.

use std::fmt::Write as _;

/// One step from a value to one of its parts.
#[derive(Debug, Clone)]
pub(super) enum Step<'t> {
    Member(&'t str),
    Index(usize),
    Key(String),
}

/// The steps from the input to the current value.
#[derive(Debug, Default)]
pub(super) struct Path<'t>(Vec<Step<'t>>);

impl<'t> Path<'t> {
    pub(super) fn push(&mut self, step: Step<'t>) {
        self.0.push(step);
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// As in violations: `messages.1.member.role`, counted from one.
    pub(super) fn counted_from_one(&self) -> String {
        let mut text = String::new();
        for step in &self.0 {
            let dot = if text.is_empty() { "" } else { "." };
            let _ = match step {
                Step::Member(name) => write!(text, "{dot}{name}"),
                Step::Index(index) => write!(text, "{dot}{}.member", index + 1),
                Step::Key(key) => write!(text, "{dot}{key}.member"),
            };
        }
        text
    }

    /// As in the service's other messages: `messages.0.role`, counted from zero.
    pub(super) fn counted_from_zero(&self) -> String {
        let steps = self.0.iter().map(|step| match step {
            Step::Member(name) => (*name).to_owned(),
            Step::Index(index) => index.to_string(),
            Step::Key(key) => key.clone(),
        });
        steps.collect::<Vec<_>>().join(".")
    }
}
