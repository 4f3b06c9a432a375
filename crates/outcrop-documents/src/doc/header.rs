//! The begin of the main stream, which tells where everything is (`Fib` in MS-DOC).

use std::{collections::HashMap, ops::Range};

use super::NOT;
use crate::{Format, Unreadable, bytes::Numbers};

const MAGIC: u16 = 0xA5EC;

/// The first version of the format that is read: Word 97's.
const WORD_97: u16 = 0x00C0;

const IS_ENCRYPTED: u16 = 0x0100;
const IS_IN_TABLE_1: u16 = 0x0200;

/// Where the pairs of a place and a length begin, which are in the table's stream.
const PLACES: usize = 0x9A;

/// The stretches of characters that the file has.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) body: Range<u32>,
    pub(super) footnotes: Range<u32>,
    pub(super) margins: Range<u32>,
    pub(super) comments: Range<u32>,
    pub(super) endnotes: Range<u32>,
    pub(super) boxes: Range<u32>,
    pub(super) margin_boxes: Range<u32>,
}

/// What is told of the file.
#[derive(Debug)]
pub(super) struct Header {
    /// The stream that has the tables.
    pub(super) table: &'static str,
    pub(super) parts: Parts,
    places: Vec<Range<usize>>,
}

/// The tables that are looked at, by their index.
#[derive(Debug, Clone, Copy)]
pub(super) enum Table {
    Footnotes = 2,
    FootnoteTexts = 3,
    Comments = 4,
    CommentTexts = 5,
    Characters = 12,
    Paragraphs = 13,
    Pieces = 33,
    Endnotes = 46,
    EndnoteTexts = 47,
}

impl Header {
    pub(super) fn read(main: &[u8]) -> Result<Self, Unreadable> {
        if main.short(0) != Some(MAGIC) {
            return Err(NOT);
        }
        if main.short(2).ok_or(NOT)? < WORD_97 {
            return Err(Unreadable::Old(Format::Doc));
        }
        let flags = main.short(0x0A).ok_or(NOT)?;
        if flags & IS_ENCRYPTED != 0 {
            return Err(Unreadable::Encrypted);
        }
        let is_in_table_1 = flags & IS_IN_TABLE_1 != 0;
        Ok(Self {
            table: if is_in_table_1 { "1Table" } else { "0Table" },
            parts: Parts::read(main).ok_or(NOT)?,
            places: (0..=Table::EndnoteTexts as usize)
                .map(|index| {
                    let at = PLACES + 8 * index;
                    let begin = main.size(at)?;
                    Some(begin..begin.checked_add(main.size(at + 4)?)?)
                })
                .collect::<Option<_>>()
                .ok_or(NOT)?,
        })
    }

    /// The bytes of a table; none of a file that has no such table.
    pub(super) fn table<'t>(&self, table: &'t [u8], which: Table) -> Option<&'t [u8]> {
        let place = self.places.get(which as usize)?.clone();
        if place.is_empty() {
            return Some(&[]);
        }
        table.get(place)
    }

    /// What tells each note and comment, by the positions of what refers to it and of its own first character.
    pub(super) fn notes(&self, table: &[u8]) -> Option<HashMap<u32, String>> {
        use Table as T;
        let mut notes = HashMap::new();
        let mut number = 0;
        let parts = &self.parts;
        // What is said of each reference has so many bytes.
        for (refers, bytes, texts, part, sign) in [
            (T::Footnotes, 2, T::FootnoteTexts, &parts.footnotes, ""),
            (T::Endnotes, 2, T::EndnoteTexts, &parts.endnotes, ""),
            (
                T::Comments,
                30,
                T::CommentTexts,
                &parts.comments,
                "Comment: ",
            ),
        ] {
            let (refers, texts) = (self.table(table, refers)?, self.table(table, texts)?);
            // A position each and one for the end, then what is said.
            for index in 0..refers.len().saturating_sub(4) / (4 + bytes) {
                number += 1;
                notes.insert(refers.long(4 * index)?, format!("[^{number}]"));
                let text = part.start.checked_add(texts.long(4 * index)?)?;
                notes.insert(text, format!("[^{number}]: {sign}"));
            }
        }
        Some(notes)
    }
}

impl Parts {
    /// The parts follow each other. Macros are passed by.
    fn read(main: &[u8]) -> Option<Self> {
        let mut at = 0_u32;
        let mut next = |place: usize| {
            let begin = at;
            at = at.checked_add(main.long(place)?)?;
            Some(begin..at)
        };
        let (body, footnotes, margins) = (next(0x4C)?, next(0x50)?, next(0x54)?);
        let _macros = next(0x58)?;
        Some(Self {
            comments: next(0x5C)?,
            body,
            footnotes,
            margins,
            endnotes: next(0x60)?,
            boxes: next(0x64)?,
            margin_boxes: next(0x68)?,
        })
    }

    /// The position behind the last character.
    pub(super) fn end(&self) -> u32 {
        self.margin_boxes.end
    }
}
