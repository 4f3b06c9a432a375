//! The cells of a sheet.

use super::strings;
use crate::{
    Format, Unreadable,
    package::{Element, Event, Xml},
    sheet::{Formats, Sheet, Value},
};

/// Puts the cells of a part into a sheet.
pub(super) fn read(
    mut xml: Xml<'_>,
    strings: &[String],
    formats: &Formats,
    sheet: &mut Sheet<'_>,
) -> Result<(), Unreadable> {
    // Rows and cells may leave out where they are: next to the last.
    let (mut row, mut column) = (0, 0);
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        match element.name() {
            b"row" => {
                row = element
                    .number("r")
                    .unwrap_or(row + 1)
                    .clamp(1, u32::MAX - 1);
                column = 0;
            }
            b"c" => {
                let place = element.attribute("r");
                if let Some((own_row, own_column)) = place.as_deref().and_then(place_of) {
                    row = own_row;
                    column = own_column;
                }
                let cell = Cell::read(&element, &mut xml)?;
                let shown = cell.show(strings, formats);
                sheet.cell(row, column, &shown.ok_or(Unreadable::Not(Format::Xlsx))?)?;
                column += 1;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Row, counted from 1, and column, counted from 0, of a place such as `AB12`.
fn place_of(place: &str) -> Option<(u32, u32)> {
    let letters = place.find(|char: char| !char.is_ascii_alphabetic())?;
    let (letters, row) = place.split_at_checked(letters)?;
    let row = row.parse().ok()?;
    if !(1..=3).contains(&letters.len()) || !(1..u32::MAX).contains(&row) {
        return None;
    }
    let column = letters.bytes().fold(0, |column, letter| {
        column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    Some((row, column - 1))
}

/// A cell as the file has it.
struct Cell {
    kind: String,
    style: usize,
    value: String,
}

impl Cell {
    /// Reads up to the end of the element.
    fn read(element: &Element, xml: &mut Xml<'_>) -> Result<Self, Unreadable> {
        let style = element.number("s").unwrap_or(0);
        let mut own = Self {
            kind: element.attribute("t").unwrap_or_default(),
            style: usize::try_from(style).unwrap_or(usize::MAX),
            value: String::new(),
        };
        let (whole, mut is_value) = (xml.depth(), false);
        while let Some(event) = xml.next_in(whole)? {
            match event {
                Event::Start(element) if element.name() == b"is" => {
                    own.value = strings::one(xml)?;
                }
                Event::Start(element) => is_value = element.name() == b"v",
                Event::End(_) => is_value = false,
                Event::Text(text) if is_value => own.value.push_str(&text),
                Event::Text(_) => {}
            }
        }
        Ok(own)
    }

    /// What it shows; nothing if its text is not among those of the file.
    fn show(self, strings: &[String], formats: &Formats) -> Option<String> {
        let value = match self.kind.as_str() {
            // Texts, errors and dates; and what is left empty.
            "str" | "inlineStr" | "e" | "d" => return Some(self.value),
            _ if self.value.is_empty() => return Some(self.value),
            "s" => {
                let index: usize = self.value.trim().parse().ok()?;
                Value::Text(strings.get(index)?)
            }
            "b" => Value::Bool(self.value.trim() == "1"),
            _ => match self.value.trim().parse() {
                Ok(number) => Value::Number(number),
                Err(_) => return Some(self.value),
            },
        };
        Some(formats.show(value, self.style))
    }
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn places_are_letters_and_a_number() {
        for (place, expected) in [
            ("A1", Some((1, 0))),
            ("ab12", Some((12, 27))),
            ("XFD1048576", Some((1_048_576, 16_383))),
            ("A", None),
            ("12", None),
            ("A0", None),
            ("AAAA1", None),
            ("A99999999999", None),
            ("Aé", None),
            ("", None),
        ] {
            assert_eq!(place_of(place), expected, "{place}");
        }
    }
}
