//! A text that is being written, of limited length.

use std::fmt;

use crate::{LONGEST_TEXT, Unreadable};

/// The text so far, in lines.
#[derive(Debug, Default)]
pub(crate) struct Text(String);

impl Text {
    /// Adds a line, or several.
    pub(crate) fn line(&mut self, line: &str) -> Result<(), Unreadable> {
        if self.0.len() + line.len() >= LONGEST_TEXT {
            return Err(Unreadable::TooLong);
        }
        self.0.push_str(line);
        self.0.push('\n');
        Ok(())
    }

    /// Adds all lines of another text.
    pub(crate) fn lines(&mut self, other: &Self) -> Result<(), Unreadable> {
        let lines = other.0.trim_matches('\n');
        if lines.is_empty() {
            return Ok(());
        }
        self.line(lines)
    }

    /// Leaves a line empty, once.
    pub(crate) fn gap(&mut self) {
        if !self.0.is_empty() && !self.0.ends_with("\n\n") {
            self.0.push('\n');
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// The whole text.
    pub(crate) fn finish(self) -> Result<String, Unreadable> {
        let text = self.0.trim_matches(['\n', '\r', ' ']);
        if text.is_empty() {
            return Err(Unreadable::NoText);
        }
        Ok(text.to_owned())
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
