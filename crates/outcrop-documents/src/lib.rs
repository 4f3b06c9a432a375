//! The text of documents. Pure: bytes in, text out.
//!
//! Formats are old and files come from anywhere. What reads them here may take any time and any memory
//! for a file that is made to do so, so it is run in a process of its own, which has limits of both.

mod bytes;
mod compound;
mod doc;
mod docx;
mod error;
mod format;
mod package;
mod pdf;
mod sheet;
mod sniff;
mod text;
mod xls;
mod xlsx;

pub use error::Unreadable;
pub use format::{Format, UnknownFormat};

/// Bytes of the longest text that is made of a document.
pub const LONGEST_TEXT: usize = 8 << 20;

/// The text of a file.
pub fn text(format: Format, file: Vec<u8>) -> Result<String, Unreadable> {
    sniff::check(format, &file)?;
    match format {
        Format::Docx => docx::text(&file),
        Format::Pdf => pdf::text(file),
        Format::Xlsx => xlsx::text(&file),
        Format::Xls => xls::text(&file),
        Format::Doc => doc::text(&file),
    }
}
