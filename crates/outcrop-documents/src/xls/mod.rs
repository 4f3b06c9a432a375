//! Excel from 1997 on: a stream of records, first those of the workbook, then those of each sheet.

mod cells;
mod records;
mod strings;

use self::{
    records::{BOF, EOF, Record, Records},
    strings::Pieces,
};
use crate::{
    Format, Unreadable,
    bytes::Numbers,
    compound::Compound,
    sheet::{Formats, Sheet},
    text::Text,
};

const NOT: Unreadable = Unreadable::Not(Format::Xls);

/// The version of Excel 97 and all later ones.
const VERSION: u16 = 0x0600;

const FILEPASS: u16 = 0x002F;
const DATEMODE: u16 = 0x0022;
const BOUNDSHEET: u16 = 0x0085;
const XF: u16 = 0x00E0;
const SST: u16 = 0x00FC;
const FORMAT: u16 = 0x041E;

/// The text of a file: each sheet by its name, a line for each row.
pub(crate) fn text(file: &[u8]) -> Result<String, Unreadable> {
    let mut compound = Compound::open(file).ok_or(NOT)?;
    let Some(stream) = compound.stream("Workbook") else {
        let is_old = compound.has("Book");
        return Err(if is_old {
            Unreadable::Old(Format::Xls)
        } else {
            NOT
        });
    };
    let workbook = Workbook::read(&stream)?;
    let mut text = Text::default();
    for (name, place) in &workbook.sheets {
        let mut sheet = Sheet::new(&mut text, name);
        let records = Records::at(&stream, *place);
        cells::read(records, &workbook, &mut sheet)?;
        sheet.finish()?;
    }
    text.finish()
}

/// What all sheets share.
#[derive(Debug, Default)]
struct Workbook {
    /// Names, and places in the stream.
    sheets: Vec<(String, usize)>,
    strings: Vec<String>,
    formats: Formats,
}

impl Workbook {
    fn read(stream: &[u8]) -> Result<Self, Unreadable> {
        let mut records = Records::at(stream, 0);
        let begin = records
            .next()
            .filter(|record| record.kind == BOF)
            .ok_or(NOT)?;
        if begin.bytes.short(0).ok_or(NOT)? < VERSION {
            return Err(Unreadable::Old(Format::Xls));
        }
        let mut own = Self::default();
        loop {
            let record = records.next().ok_or(NOT)?;
            match record.kind {
                EOF => return Ok(own),
                FILEPASS => return Err(Unreadable::Encrypted),
                SST => {
                    let pieces = records.continued(&record);
                    own.strings = strings::shared(pieces).ok_or(NOT)?;
                }
                _ => own.add(&record).ok_or(NOT)?,
            }
        }
    }

    fn add(&mut self, record: &Record<'_>) -> Option<()> {
        let bytes = record.bytes;
        match record.kind {
            DATEMODE => self.formats.is_1904 = bytes.short(0)? == 1,
            FORMAT => {
                let mut code = Pieces::new(vec![bytes.get(2..)?]);
                self.formats
                    .define(bytes.short(0)?.into(), &code.long_string()?);
            }
            XF => self.formats.add_style(bytes.short(2)?.into()),
            // Sheets of charts and of macros have no cells that are shown.
            BOUNDSHEET if bytes.byte(5)? == 0 => {
                let mut name = Pieces::new(vec![bytes.get(6..)?]);
                self.sheets.push((name.short_string()?, bytes.size(0)?));
            }
            _ => {}
        }
        Some(())
    }
}
