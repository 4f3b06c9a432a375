//! Characters as lines.

use super::properties::Properties;
use crate::{Unreadable, text::Text};

const CELL_END: u16 = 0x07;
const TAB: u16 = 0x09;
const LINE: u16 = 0x0B;
const PAGE: u16 = 0x0C;
const PARAGRAPH: u16 = 0x0D;
const COLUMN: u16 = 0x0E;
const FIELD: u16 = 0x13;
const FIELD_RESULT: u16 = 0x14;
const FIELD_END: u16 = 0x15;
const HYPHEN: u16 = 0x1E;
const BLANK: u16 = 0x20;

/// The text of a part so far.
#[derive(Debug, Default)]
pub(super) struct Story {
    text: Text,
    line: String,
    cells: Vec<String>,
    /// For each field that is open: whether its instruction is being read.
    fields: Vec<bool>,
    /// The first half of a character.
    half: Option<u16>,
    /// Whether blanks are passed by: a sign that shows a note has one behind it already.
    is_behind_sign: bool,
}

impl Story {
    /// Adds a character, or half of one, of a paragraph with these properties.
    pub(super) fn unit(
        &mut self,
        unit: u16,
        paragraph: Option<&Properties>,
    ) -> Result<(), Unreadable> {
        let paragraph = paragraph.copied().unwrap_or_default();
        match unit {
            FIELD => self.fields.push(true),
            FIELD_RESULT => {
                if let Some(is_instruction) = self.fields.last_mut() {
                    *is_instruction = false;
                }
            }
            FIELD_END => drop(self.fields.pop()),
            CELL_END if paragraph.is_row_end => self.end_row()?,
            CELL_END => self.end_cell(),
            PARAGRAPH if paragraph.is_in_table => self.push(" "),
            PARAGRAPH | PAGE => self.end_paragraph(paragraph.style)?,
            TAB => self.push("\t"),
            LINE | COLUMN => self.push("\n"),
            HYPHEN => self.push("-"),
            // Pictures, signs of notes and comments, and hyphens that are not shown.
            0..0x20 => {}
            unit => self.character(unit),
        }
        Ok(())
    }

    /// Adds what is shown, and not what a field is made by.
    pub(super) fn push(&mut self, text: &str) {
        if !self.fields.contains(&true) {
            self.line.push_str(text);
        }
    }

    /// Adds a sign that tells of a note, before the note's own text or where it is referred to.
    pub(super) fn sign(&mut self, sign: &str) {
        self.push(sign);
        self.is_behind_sign = sign.ends_with(' ');
    }

    pub(super) fn finish(mut self) -> Result<Text, Unreadable> {
        self.end_row()?;
        self.end_paragraph(0)?;
        Ok(self.text)
    }

    fn character(&mut self, unit: u16) {
        self.is_behind_sign &= unit == BLANK;
        if self.is_behind_sign {
            return;
        }
        let half = self.half.take();
        if half.is_none() && (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        let units = half.into_iter().chain([unit]);
        for char in char::decode_utf16(units) {
            let char = char.unwrap_or(char::REPLACEMENT_CHARACTER);
            self.push(char.encode_utf8(&mut [0; 4]));
        }
    }

    /// Styles 1 to 9 are the headings of every file.
    fn end_paragraph(&mut self, style: u16) -> Result<(), Unreadable> {
        let line = std::mem::take(&mut self.line);
        // An instruction ends with its paragraph at the latest, so that no text is lost after a field that is broken.
        self.fields.fill(false);
        if line.trim().is_empty() {
            self.text.gap();
            return Ok(());
        }
        if !(1..=9).contains(&style) {
            return self.text.line(line.trim_end());
        }
        self.text.gap();
        let sign = "#".repeat(style.into());
        self.text.line(&format!("{sign} {}", line.trim()))
    }

    fn end_cell(&mut self) {
        let words = self.line.split_whitespace();
        self.cells.push(words.collect::<Vec<_>>().join(" "));
        self.line.clear();
        self.fields.fill(false);
    }

    fn end_row(&mut self) -> Result<(), Unreadable> {
        let cells = std::mem::take(&mut self.cells);
        let line = cells.join("\t");
        match line.trim_end_matches('\t') {
            "" => Ok(()),
            line => self.text.line(line),
        }
    }
}
