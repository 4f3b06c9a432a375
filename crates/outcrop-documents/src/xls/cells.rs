//! The cells of a sheet.

use super::{
    NOT, Workbook,
    records::{BOF, EOF, Record, Records},
};
use crate::{
    Unreadable,
    bytes::Numbers,
    sheet::{Sheet, Value},
};

const FORMULA: u16 = 0x0006;
const MULRK: u16 = 0x00BD;
const RSTRING: u16 = 0x00D6;
const LABELSST: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOLERR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const RK: u16 = 0x027E;

/// Bytes of a cell's place and style, which its value stands behind.
const HEAD: usize = 6;

/// Where a cell is, and the number of its style.
#[derive(Debug, Clone, Copy)]
struct Place {
    row: u32,
    column: u32,
    style: usize,
}

/// Puts the cells of records into a sheet.
pub(super) fn read(
    mut records: Records<'_>,
    workbook: &Workbook,
    sheet: &mut Sheet<'_>,
) -> Result<(), Unreadable> {
    let mut cells = Cells {
        workbook,
        sheet,
        formula: None,
    };
    // Charts lie in the sheets that they are shown in, as sheets of their own.
    let mut depth = 0;
    loop {
        let record = records.next().ok_or(NOT)?;
        match record.kind {
            BOF => depth += 1,
            EOF if depth <= 1 => return Ok(()),
            EOF => depth -= 1,
            STRING if depth == 1 => {
                let text = records.continued(&record).long_string().ok_or(NOT)?;
                if let Some(place) = cells.formula.take() {
                    cells.add(place, Value::Text(&text))?;
                }
            }
            LABEL | RSTRING if depth == 1 => {
                let mut pieces = records.continued(&record);
                let place = Place::read(record.bytes).ok_or(NOT)?;
                let text = pieces.skip(HEAD).and_then(|()| pieces.long_string());
                cells.add(place, Value::Text(&text.ok_or(NOT)?))?;
            }
            _ if depth == 1 => cells.record(&record)?,
            _ => {}
        }
    }
}

struct Cells<'c, 't> {
    workbook: &'c Workbook,
    sheet: &'c mut Sheet<'t>,
    /// A formula whose text comes behind.
    formula: Option<Place>,
}

impl Cells<'_, '_> {
    fn record(&mut self, record: &Record<'_>) -> Result<(), Unreadable> {
        let bytes = record.bytes;
        match record.kind {
            LABELSST | NUMBER | RK | BOOLERR | FORMULA => {
                let place = Place::read(bytes).ok_or(NOT)?;
                let value = bytes.get(HEAD..).unwrap_or_default();
                self.value(record.kind, place, value)
            }
            MULRK => {
                let place = Place::read(bytes).ok_or(NOT)?;
                // Pairs of a style and a number, and the last column.
                let pairs = bytes.get(4..).unwrap_or_default();
                let columns = place.column..;
                for (pair, column) in pairs.as_chunks::<6>().0.iter().zip(columns) {
                    let style = pair.short(0).unwrap_or_default().into();
                    let number = rk(pair.long(2).unwrap_or_default());
                    let own = Place {
                        column,
                        style,
                        ..place
                    };
                    self.add(own, Value::Number(number))?;
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn value(&mut self, kind: u16, place: Place, value: &[u8]) -> Result<(), Unreadable> {
        match kind {
            LABELSST => {
                let string = self.workbook.strings.get(value.size(0).ok_or(NOT)?);
                self.add(place, Value::Text(string.ok_or(NOT)?))
            }
            RK => self.add(place, Value::Number(rk(value.long(0).ok_or(NOT)?))),
            BOOLERR => {
                let (shown, is_error) = (value.byte(0).ok_or(NOT)?, value.byte(1).ok_or(NOT)?);
                self.add(place, bool_or_error(shown, is_error != 0))
            }
            FORMULA => self.formula(place, value),
            _ => self.add(place, Value::Number(float(value).ok_or(NOT)?)),
        }
    }

    /// A formula has the value that it last had.
    fn formula(&mut self, place: Place, value: &[u8]) -> Result<(), Unreadable> {
        if value.short(6).ok_or(NOT)? != 0xFFFF {
            return self.add(place, Value::Number(float(value).ok_or(NOT)?));
        }
        let shown = value.byte(2).ok_or(NOT)?;
        match value.byte(0) {
            Some(0) => {
                self.formula = Some(place);
                Ok(())
            }
            Some(1) => self.add(place, bool_or_error(shown, false)),
            Some(2) => self.add(place, bool_or_error(shown, true)),
            _ => Ok(()),
        }
    }

    fn add(&mut self, place: Place, value: Value<'_>) -> Result<(), Unreadable> {
        let shown = self.workbook.formats.show(value, place.style);
        self.sheet.cell(place.row, place.column, &shown)
    }
}

impl Place {
    fn read(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            row: bytes.short(0)?.into(),
            column: bytes.short(2)?.into(),
            style: bytes.short(4)?.into(),
        })
    }
}

fn bool_or_error(shown: u8, is_error: bool) -> Value<'static> {
    if !is_error {
        return Value::Bool(shown != 0);
    }
    Value::Text(match shown {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        _ => "#N/A",
    })
}

fn float(bytes: &[u8]) -> Option<f64> {
    Some(f64::from_le_bytes(*bytes.first_chunk()?))
}

/// A number in four bytes: a whole one, or the upper half of another; maybe in hundredths.
fn rk(bits: u32) -> f64 {
    let number = if bits & 2 == 0 {
        f64::from_bits(u64::from(bits & !3) << 32)
    } else {
        f64::from(bits.cast_signed() >> 2)
    };
    if bits & 1 == 0 {
        number
    } else {
        number / 100.0
    }
}

#[cfg(test)]
mod tests {
    use super::rk;

    #[test]
    fn numbers_are_in_four_bytes() {
        for (bits, expected) in [
            (0x3FF0_0000, 1.0),
            (7 << 2 | 2, 7.0),
            (12_345 << 2 | 3, 123.45),
            (0xFFFF_FFFE, -1.0),
            (0x4030_0001, 0.16),
        ] {
            assert!((rk(bits) - expected).abs() < 1e-12, "{bits:x} {}", rk(bits));
        }
    }
}
