//! What a file is, whatever it is said to be.

use std::io::Cursor;

use zip::ZipArchive;

use crate::{Format, Unreadable, compound::Compound};

/// Refuses a file that is seen to be of another format, or encrypted. What is not known at all is left to
/// the format's reader.
pub(crate) fn check(said: Format, file: &[u8]) -> Result<(), Unreadable> {
    match sniff(file)? {
        Some(is) if is != said => Err(Unreadable::Other { said, is }),
        None if file.starts_with(b"{\\rtf") => Err(Unreadable::Rich(said)),
        None if is_text(file) => Err(Unreadable::Plain(said)),
        _ => Ok(()),
    }
}

fn sniff(file: &[u8]) -> Result<Option<Format>, Unreadable> {
    if file.starts_with(b"%PDF-") {
        return Ok(Some(Format::Pdf));
    }
    if file.starts_with(b"PK") {
        return Ok(package(file));
    }
    let Some(compound) = Compound::open(file) else {
        return Ok(None);
    };
    if compound.has("EncryptedPackage") {
        return Err(Unreadable::Encrypted);
    }
    Ok([
        ("WordDocument", Format::Doc),
        ("Workbook", Format::Xls),
        ("Book", Format::Xls),
    ]
    .into_iter()
    .find(|(stream, _)| compound.has(stream))
    .map(|(_, format)| format))
}

/// No file of the formats that are read is without other characters, but for PDFs that begin with something else.
fn is_text(file: &[u8]) -> bool {
    let is_written = |char: char| !char.is_control() || char.is_whitespace();
    let text = std::str::from_utf8(file).unwrap_or_default();
    !text.trim().is_empty() && text.chars().all(is_written) && !text.contains("%PDF-")
}

/// The folders of a package are named by habit only, so nothing but the choice between two is made by them.
fn package(file: &[u8]) -> Option<Format> {
    let archive = ZipArchive::new(Cursor::new(file)).ok()?;
    let has = |folder: &str| {
        let mut names = archive.file_names().flatten();
        names.any(|name| name.starts_with(folder))
    };
    match (has("word/"), has("xl/")) {
        (true, false) => Some(Format::Docx),
        (false, true) => Some(Format::Xlsx),
        _ => None,
    }
}
