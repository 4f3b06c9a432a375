//! Sheets of cells as text, whatever file they are from.

mod builtin;
mod date;
mod number;
mod section;

use std::{collections::HashMap, rc::Rc};

use self::{number::NumberFormat, section::general};
use crate::{LONGEST_TEXT, Unreadable, text::Text};

/// Styles that a file of Excel may have, about.
const MOST_STYLES: usize = 1 << 16;

/// What is in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'v> {
    /// A number, which a format shows.
    Number(f64),
    /// True or false.
    Bool(bool),
    /// A text, or the sign of an error.
    Text(&'v str),
}

/// How the numbers of a file are shown.
#[derive(Debug, Default)]
pub(crate) struct Formats {
    own: HashMap<u32, Rc<NumberFormat>>,
    /// By the index that cells have.
    styles: Vec<Rc<NumberFormat>>,
    /// Whether days are counted from 1904.
    pub(crate) is_1904: bool,
}

impl Formats {
    /// Gives a number to a format of the file's own.
    pub(crate) fn define(&mut self, id: u32, code: &str) {
        self.own.insert(id, Rc::new(NumberFormat::parse(code)));
    }

    /// Adds a style, which has the format of this number.
    pub(crate) fn add_style(&mut self, id: u32) {
        let format = self.own.entry(id);
        let format = format.or_insert_with(|| Rc::new(NumberFormat::built_in(id)));
        if self.styles.len() < MOST_STYLES {
            self.styles.push(Rc::clone(format));
        }
    }

    /// A value as the sheet shows it.
    pub(crate) fn show(&self, value: Value<'_>, style: usize) -> String {
        match value {
            Value::Number(number) => {
                let format = self.styles.get(style);
                format.map_or_else(
                    || general(number),
                    |format| format.show(number, self.is_1904),
                )
            }
            Value::Bool(true) => "TRUE".to_owned(),
            Value::Bool(false) => "FALSE".to_owned(),
            Value::Text(text) => text.to_owned(),
        }
    }
}

/// One sheet on its way into the text: its name, then a line for each row, whose cells are apart by tabs. Rows that
/// are empty are one empty line, and what is empty at the end of a row or a sheet is not there.
pub(crate) struct Sheet<'t> {
    text: &'t mut Text,
    name: String,
    is_begun: bool,
    row: u32,
    column: u32,
    line: String,
}

impl<'t> Sheet<'t> {
    pub(crate) fn new(text: &'t mut Text, name: &str) -> Self {
        Self {
            text,
            name: name.to_owned(),
            is_begun: false,
            row: 0,
            column: 0,
            line: String::new(),
        }
    }

    /// Adds a cell. They come row by row, from left to right.
    pub(crate) fn cell(&mut self, row: u32, column: u32, shown: &str) -> Result<(), Unreadable> {
        if shown.trim().is_empty() {
            return Ok(());
        }
        if !self.is_begun {
            self.begin()?;
        } else if row != self.row {
            self.end_row()?;
            if row > self.row.saturating_add(1) {
                self.text.gap();
            }
        } else {
            self.line.push('\t');
            self.column = self.column.saturating_add(1);
        }
        self.row = row;
        let empty = usize::try_from(column.saturating_sub(self.column)).unwrap_or(usize::MAX);
        if self
            .line
            .len()
            .saturating_add(empty)
            .saturating_add(shown.len())
            > LONGEST_TEXT
        {
            return Err(Unreadable::TooLong);
        }
        self.line.extend(std::iter::repeat_n('\t', empty));
        self.column = column.max(self.column);
        let words = shown
            .split(['\t', '\n', '\r'])
            .filter(|word| !word.is_empty());
        for (index, word) in words.enumerate() {
            if index > 0 {
                self.line.push(' ');
            }
            self.line.push_str(word);
        }
        Ok(())
    }

    fn begin(&mut self) -> Result<(), Unreadable> {
        self.is_begun = true;
        self.text.gap();
        self.text.line(&format!("# {}", self.name))
    }

    /// Ends the cells with comments, each with the place that it is at.
    pub(crate) fn comments(&mut self, comments: &[(String, String)]) -> Result<(), Unreadable> {
        if comments.is_empty() {
            return Ok(());
        }
        if !self.is_begun {
            self.begin()?;
        }
        self.end_row()?;
        self.text.gap();
        for (place, comment) in comments {
            let words: Vec<_> = comment.split_whitespace().collect();
            self.text
                .line(&format!("Comment at {place}: {}", words.join(" ")))?;
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        self.text.line(&self.line)?;
        self.line.clear();
        self.column = 0;
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Result<(), Unreadable> {
        if self.is_begun {
            self.end_row()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[(u32, u32, &str)]) -> Result<String, Unreadable> {
        let mut text = Text::default();
        let mut sheet = Sheet::new(&mut text, "S");
        for (row, column, shown) in cells {
            sheet.cell(*row, *column, shown)?;
        }
        sheet.finish()?;
        text.finish()
    }

    #[test]
    fn cells_are_in_their_columns() {
        let cells = [
            (0, 0, "a"),
            (0, 2, "c"),
            (0, 3, " "),
            (1, 1, "x\ty\r\nz"),
            (9, 0, "far"),
            (1_048_575, 0, "farther"),
        ];
        assert_eq!(
            sheet(&cells).as_deref(),
            Ok("# S\na\t\tc\n\tx y z\n\nfar\n\nfarther")
        );
        assert_eq!(sheet(&[(3, 3, "")]), Err(Unreadable::NoText));
    }

    #[test]
    fn no_place_is_too_far() {
        assert_eq!(sheet(&[(0, u32::MAX, "a")]), Err(Unreadable::TooLong));
        assert_eq!(
            sheet(&[(u32::MAX, 0, "a"), (0, 0, "b")]).as_deref(),
            Ok("# S\na\nb")
        );
        // Cells that are not in their order.
        assert_eq!(
            sheet(&[(0, 5, "a"), (0, 1, "b")]).as_deref(),
            Ok("# S\n\t\t\t\t\ta\tb")
        );
    }
}
