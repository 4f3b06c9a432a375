//! Pages of properties, by where in the stream the characters are (`PlcBte` and `Fkp` in MS-DOC).

use super::{
    header::{Header, Table},
    properties::Properties,
};
use crate::bytes::Numbers;

/// Bytes of a page.
const PAGE: usize = 512;

/// Bytes that a page has for each paragraph, besides where it begins.
const PARAGRAPH: usize = 13;

/// The properties of all characters, or of all paragraphs.
#[derive(Debug)]
pub(super) struct Pages(Vec<Run>);

/// Characters next to each other with the same properties.
#[derive(Debug)]
struct Run {
    begin: u32,
    end: u32,
    properties: Properties,
}

impl Pages {
    pub(super) fn characters(header: &Header, main: &[u8], table: &[u8]) -> Option<Self> {
        let pages = header.table(table, Table::Characters)?;
        Self::read(pages, main, |page, count, index| {
            let mut own = Properties::default();
            let at = 2 * usize::from(page.byte(4 * (count + 1) + index)?);
            if at != 0 {
                let length = page.byte(at)?.into();
                own.change(page.part(at + 1, length)?, &[]);
            }
            Some(own)
        })
    }

    pub(super) fn paragraphs(
        header: &Header,
        main: &[u8],
        table: &[u8],
        data: &[u8],
    ) -> Option<Self> {
        let pages = header.table(table, Table::Paragraphs)?;
        Self::read(pages, main, |page, count, index| {
            let mut own = Properties::default();
            let at = 2 * usize::from(page.byte(4 * (count + 1) + PARAGRAPH * index)?);
            if at != 0 {
                // Half of the bytes, rounded up; or nothing, and half of the bytes behind.
                let (begin, length) = match usize::from(page.byte(at)?) {
                    0 => (at + 2, 2 * usize::from(page.byte(at + 1)?)),
                    half => (at + 1, 2 * half - 1),
                };
                let list = page.part(begin, length)?;
                own.style = list.short(0)?;
                own.change(list.get(2..)?, data);
            }
            Some(own)
        })
    }

    fn read(
        pages: &[u8],
        main: &[u8],
        properties: impl Fn(&[u8], usize, usize) -> Option<Properties>,
    ) -> Option<Self> {
        // A place each and one for the end, then the number of a page each.
        let count = pages.len().saturating_sub(4) / 8;
        let mut runs = Vec::new();
        for index in 0..count {
            let number = pages.size(4 * (count + 1) + 4 * index)? & 0x3F_FFFF;
            let page = main.part(number * PAGE, PAGE)?;
            let count = usize::from(page.byte(PAGE - 1)?);
            for index in 0..count {
                runs.push(Run {
                    begin: page.long(4 * index)?,
                    end: page.long(4 * index + 4)?,
                    properties: properties(page, count, index)?,
                });
            }
        }
        runs.sort_by_key(|run| run.begin);
        Some(Self(runs))
    }

    /// What is said of the character at a place.
    pub(super) fn at(&self, place: u32) -> Option<&Properties> {
        let behind = self.0.partition_point(|run| run.begin <= place);
        let run = self.0.get(behind.checked_sub(1)?)?;
        (place < run.end).then_some(&run.properties)
    }
}
