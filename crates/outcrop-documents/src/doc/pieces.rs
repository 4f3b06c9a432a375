//! Where the characters are: in pieces, which a fast save leaves in any order (`Clx` in MS-DOC).

use std::ops::Range;

use super::{
    header::{Header, Table},
    properties::Properties,
};
use crate::bytes::Numbers;

/// A piece has characters of one byte each.
const IS_NARROW: u32 = 0x4000_0000;

/// Kinds of what the table of pieces begins with.
const CHANGES: u8 = 1;
const PIECES: u8 = 2;

/// All pieces, in the order of the text.
#[derive(Debug)]
pub(super) struct Pieces<'a>(Vec<Piece<'a>>);

/// Characters that follow each other in the file.
#[derive(Debug, Clone)]
pub(super) struct Piece<'a> {
    /// The position of the first character in the text.
    begin: u32,
    /// Where its first byte is in the stream.
    place: u32,
    bytes: &'a [u8],
    is_narrow: bool,
    /// Whether the piece as a whole was deleted.
    pub(super) is_deleted: bool,
}

/// Half a character, or a whole one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) value: u16,
    pub(super) position: u32,
    pub(super) place: u32,
}

impl<'a> Pieces<'a> {
    /// The pieces of a file, if they make up the whole text.
    pub(super) fn read(header: &Header, main: &'a [u8], table: &[u8]) -> Option<Self> {
        let mut rest = header.table(table, Table::Pieces)?;
        let mut changes = Vec::new();
        while rest.byte(0)? == CHANGES {
            let length = rest.short(1)?.into();
            changes.push(rest.part(3, length)?);
            rest = rest.get(3 + length..)?;
        }
        if rest.byte(0)? != PIECES {
            return None;
        }
        let plc = rest.part(5, rest.size(1)?)?;
        // A position each and one for the end, then eight bytes each.
        let count = plc.len().checked_sub(4)? / 12;
        let mut pieces = Vec::with_capacity(count);
        let mut end = 0;
        for index in 0..count {
            let (from, to) = (plc.long(4 * index)?, plc.long(4 * index + 4)?);
            let own = plc.part(4 * (count + 1) + 8 * index, 8)?;
            if from != end || to < from {
                return None;
            }
            end = to;
            pieces.push(Piece::read(from..to, own, main, &changes)?);
        }
        (end >= header.parts.end()).then_some(Self(pieces))
    }

    /// The pieces of a stretch of the text.
    pub(super) fn within(&self, part: &Range<u32>) -> impl Iterator<Item = Piece<'a>> {
        self.0.iter().filter_map(move |piece| piece.within(part))
    }
}

impl<'a> Piece<'a> {
    fn read(text: Range<u32>, own: &[u8], main: &'a [u8], changes: &[&[u8]]) -> Option<Self> {
        let place = own.long(2)?;
        let is_narrow = place & IS_NARROW != 0;
        let place = place & !IS_NARROW;
        let (place, width) = if is_narrow {
            (place / 2, 1)
        } else {
            (place, 2)
        };
        let length = usize::try_from(text.end - text.start).ok()?;
        let begin = usize::try_from(place).ok()?;
        let mut properties = Properties::default();
        let change = own.short(6)?;
        if change & 1 == 0 {
            properties.change_short(change);
        } else if let Some(change) = changes.get(usize::from(change >> 1)) {
            properties.change(change, &[]);
        }
        Some(Self {
            begin: text.start,
            place,
            bytes: main.part(begin, length.checked_mul(width)?)?,
            is_narrow,
            is_deleted: properties.is_deleted,
        })
    }

    fn width(&self) -> u32 {
        if self.is_narrow { 1 } else { 2 }
    }

    fn within(&self, part: &Range<u32>) -> Option<Self> {
        let width = self.width();
        let end = self.begin + u32::try_from(self.bytes.len()).ok()? / width;
        let (from, to) = (self.begin.max(part.start), end.min(part.end));
        let skipped = from.checked_sub(self.begin)? * width;
        let length = to.checked_sub(from).filter(|length| *length > 0)? * width;
        let (skipped_bytes, length) = (
            usize::try_from(skipped).ok()?,
            usize::try_from(length).ok()?,
        );
        Some(Self {
            begin: from,
            place: self.place.checked_add(skipped)?,
            bytes: self.bytes.part(skipped_bytes, length)?,
            ..*self
        })
    }

    pub(super) fn units(&self) -> impl Iterator<Item = Unit> {
        let width = self.width();
        let positions = self.begin..;
        let chunks = self.bytes.chunks_exact(if self.is_narrow { 1 } else { 2 });
        chunks.zip(positions).map(move |(bytes, position)| Unit {
            value: match bytes {
                [narrow] => windows_1252(*narrow),
                wide => wide.short(0).unwrap_or_default(),
            },
            position,
            place: self.place + (position - self.begin) * width,
        })
    }
}

/// The character of a byte.
fn windows_1252(byte: u8) -> u16 {
    const HIGH: [u16; 32] = [
        0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013,
        0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
    ];
    let high = byte
        .checked_sub(0x80)
        .and_then(|at| HIGH.get(usize::from(at)));
    high.copied().unwrap_or(byte.into())
}
