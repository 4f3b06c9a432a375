//! Why a document has no text.

use crate::{Format, package::LONGEST_PACKAGE};

/// A document that cannot be read. A message goes on with what the document is or does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is of another format, or broken.
    #[error("is no {0}, or broken")]
    Not(Format),
    /// It is of a format that is read, but not of the one that it is said to be.
    #[error("is no {said} but {is}; send it with that format")]
    Other {
        /// What the request says.
        said: Format,
        /// What the file is.
        is: Format,
    },
    /// It is text, as web pages and tables are that some programs name after Office's formats.
    #[error("is no {0} but text; send it with the format txt, md, csv or html")]
    Plain(Format),
    /// It is in the Rich Text Format, which Word reads under any name.
    #[error("is no {0} but RTF, which is not read; save it as DOCX")]
    Rich(Format),
    /// It was written by a program of before 1997.
    #[error("is of an old version of {0} that is not read; save it as {0}X")]
    Old(Format),
    /// It asks for a password.
    #[error("is encrypted; save it without a password")]
    Encrypted,
    /// A part of it cannot be decoded, so that its text would have gaps.
    #[error("has a page whose content is broken")]
    BrokenPage,
    /// It shows characters that nothing tells the names of.
    #[error("has fonts that do not tell which characters they show")]
    UnknownCharacters,
    /// A part of its text is a file of another format within it.
    #[error("has a file of another format in the place of text; save it anew with Word")]
    Enclosed,
    /// It shows no characters at all.
    #[error("has no text: what it shows may be pictures, which go as images")]
    NoText,
    /// Its text is longer than [`LONGEST_TEXT`](crate::LONGEST_TEXT).
    #[error("has more text than the {} MiB that are read", crate::LONGEST_TEXT >> 20)]
    TooLong,
    /// It unpacks to more than is read.
    #[error(
        "unpacks to more than the {} MiB that are read; send its text instead",
        LONGEST_PACKAGE >> 20
    )]
    TooLarge,
}
