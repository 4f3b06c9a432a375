//! Records: a kind, a length, and so many bytes.

use super::strings::Pieces;
use crate::bytes::Numbers;

/// Begins the workbook, a sheet, or a chart within one.
pub(super) const BOF: u16 = 0x0809;
/// Ends what began last.
pub(super) const EOF: u16 = 0x000A;
/// Goes on with the record before.
const CONTINUE: u16 = 0x003C;

/// One record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    pub(super) kind: u16,
    pub(super) bytes: &'a [u8],
}

/// The records of a stream from a place on; none after the last whole one.
#[derive(Debug, Clone)]
pub(super) struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl<'a> Records<'a> {
    pub(super) fn at(stream: &'a [u8], at: usize) -> Self {
        Self { stream, at }
    }

    /// The bytes of a record that was just read, and of those that go on with it.
    pub(super) fn continued(&mut self, record: &Record<'a>) -> Pieces<'a> {
        let mut parts = vec![record.bytes];
        while let Some(next) = self.peek().filter(|next| next.kind == CONTINUE) {
            parts.push(next.bytes);
            self.at += 4 + next.bytes.len();
        }
        Pieces::new(parts)
    }

    fn peek(&self) -> Option<Record<'a>> {
        let kind = self.stream.short(self.at)?;
        let length = self.stream.short(self.at.checked_add(2)?)?;
        let bytes = self.stream.part(self.at + 4, length.into())?;
        Some(Record { kind, bytes })
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let record = self.peek()?;
        self.at += 4 + record.bytes.len();
        Some(record)
    }
}
