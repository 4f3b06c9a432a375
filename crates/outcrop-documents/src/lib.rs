//! The text of documents. Pure: bytes in, text out.
//!
//! Formats are old and files come from anywhere. What reads them here may take any time and any memory
//! for a file that is made to do so, so it is run in a process of its own, which has limits of both.

mod error;
mod pdf;

pub use error::Unreadable;
pub use pdf::text as pdf_text;

/// Bytes of the longest text that is made of a document.
pub const LONGEST_TEXT: usize = 8 << 20;
