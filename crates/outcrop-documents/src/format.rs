//! The formats that are read.

use std::{fmt, str::FromStr};

/// A format whose files are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Word since 1997.
    Doc,
    /// Word since 2007.
    Docx,
    /// PDF.
    Pdf,
    /// Excel since 1997.
    Xls,
    /// Excel since 2007.
    Xlsx,
}

const NAMES: [(&str, Format); 5] = [
    ("doc", Format::Doc),
    ("docx", Format::Docx),
    ("pdf", Format::Pdf),
    ("xls", Format::Xls),
    ("xlsx", Format::Xlsx),
];

/// What a name of a format is that is none of [`Format`]'s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the format of a document that is read is doc, docx, pdf, xls or xlsx")]
pub struct UnknownFormat;

impl FromStr for Format {
    type Err = UnknownFormat;

    /// By the service's name of it.
    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let mut names = NAMES.iter();
        let found = names.find(|(own, _)| *own == name);
        found.map(|(_, format)| *format).ok_or(UnknownFormat)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut names = NAMES.iter();
        let name = names.find(|(_, format)| format == self);
        f.write_str(&name.map_or("", |(name, _)| name).to_uppercase())
    }
}
