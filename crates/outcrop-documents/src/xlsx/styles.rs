//! The formats that cells have by the number of their style.

use crate::{
    Unreadable,
    package::{Event, Xml},
    sheet::Formats,
};

/// Adds the styles of a part to the formats.
pub(super) fn read(mut xml: Xml<'_>, formats: &mut Formats) -> Result<(), Unreadable> {
    let mut is_in_cells = false;
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(element) => match element.name() {
                b"numFmt" => {
                    if let Some(id) = element.number("numFmtId") {
                        formats.define(id, &element.attribute("formatCode").unwrap_or_default());
                    }
                }
                b"cellXfs" => is_in_cells = true,
                b"xf" if is_in_cells => {
                    formats.add_style(element.number("numFmtId").unwrap_or(0));
                }
                // Formats for the cells that fulfil a condition have numbers of their own.
                b"dxfs" => xml.skip()?,
                _ => {}
            },
            Event::End(name) => is_in_cells &= name != b"cellXfs",
            Event::Text(_) => {}
        }
    }
    Ok(())
}
