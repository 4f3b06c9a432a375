//! Excel since 2007: the sheets of a workbook, with the values that their formulas last had.

mod cells;
mod comments;
mod strings;
mod styles;

use crate::{
    Format, Unreadable,
    package::{Event, Package},
    sheet::{Formats, Sheet},
    text::Text,
};

/// The text of a file: each sheet by its name, a line for each row.
pub(crate) fn text(file: &[u8]) -> Result<String, Unreadable> {
    let mut package = Package::open(Format::Xlsx, file)?;
    let main = package.main()?;
    let (sheets, mut formats) = workbook(&mut package, &main)?;
    let relationships = package.relationships(&main)?;
    if let Some(xml) = package.related(&relationships, "/styles")? {
        styles::read(xml, &mut formats)?;
    }
    let strings = package.related(&relationships, "/sharedStrings")?;
    let strings = strings.map(strings::read).transpose()?.unwrap_or_default();
    let mut text = Text::default();
    for (name, id) in sheets {
        // Sheets of charts and of dialogs have no cells.
        if !relationships.is(&id, "/worksheet") {
            continue;
        }
        let part = relationships.target(&id).unwrap_or_default();
        let xml = package.required(part)?;
        let mut sheet = Sheet::new(&mut text, &name);
        cells::read(xml, &strings, &formats, &mut sheet)?;
        let beside = package.relationships(part)?;
        for comments in beside.of("/comments") {
            if let Some(xml) = package.part(&comments.target)? {
                sheet.comments(&comments::read(xml)?)?;
            }
        }
        sheet.finish()?;
    }
    text.finish()
}

/// The names of the sheets with the ids of their parts, and how days are counted.
fn workbook(
    package: &mut Package<'_>,
    main: &str,
) -> Result<(Vec<(String, String)>, Formats), Unreadable> {
    let mut xml = package.required(main)?;
    let (mut sheets, mut formats) = (Vec::new(), Formats::default());
    let mut is_workbook = false;
    while let Some(event) = xml.next()? {
        let Event::Start(element) = event else {
            continue;
        };
        match element.name() {
            b"workbook" => is_workbook = true,
            b"workbookPr" => {
                let is_1904 = element.attribute("date1904");
                formats.is_1904 = matches!(is_1904.as_deref(), Some("1" | "true" | "on"));
            }
            b"sheet" => {
                let attribute = |name| element.attribute(name).unwrap_or_default();
                sheets.push((attribute("name"), attribute("id")));
            }
            _ => {}
        }
    }
    if !is_workbook {
        return Err(Unreadable::Not(Format::Xlsx));
    }
    Ok((sheets, formats))
}
