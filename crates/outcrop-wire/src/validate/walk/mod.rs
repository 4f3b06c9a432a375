//! The constraint table walked over a request.

mod input;
mod path;
mod reach;
mod simple;
mod types;
mod value;

pub(super) use self::input::Input;
pub(crate) use self::{input::payload_too_large, reach::reaches_union};

use super::message::{SPELLED_OUT, Violation, violations};
use crate::error::WireError;

/// What a walk has found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The first value of a wrong type, or why the body is not JSON.
    type_error: Option<String>,
    /// All violations; the first ones are kept.
    count: usize,
    violations: Vec<Violation>,
    /// The first union without a known variant, or with several.
    union_fault: Option<String>,
    /// A union has members that the model does not know, beside one that it knows.
    pub(super) unknown_beside_known: bool,
}

impl Findings {
    /// Counts a violation, and keeps it if it will be told.
    fn violation(&mut self, describe: impl FnOnce() -> Violation) {
        self.count += 1;
        if self.violations.len() < SPELLED_OUT {
            self.violations.push(describe());
        }
    }

    /// The error that these findings amount to, if any.
    ///
    /// The service deserializes before it validates, and looks at unions after that.
    pub(super) fn into_error(self) -> Option<WireError> {
        if let Some(type_error) = self.type_error {
            return Some(WireError::serialization(type_error));
        }
        if self.count > 0 {
            let message = violations(self.count, &self.violations);
            return Some(WireError::validation(message));
        }
        self.union_fault.map(WireError::validation)
    }
}

#[cfg(test)]
mod tests;
